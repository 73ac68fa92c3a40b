"""Claims laid out in time: zones, relations and durations, each bound with its claims."""

from datetime import UTC, datetime

from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.timeline.layout import Layout, Occurrence, lay_out
from safeconduct.timeline.moments import minutes_of, moment_of
from safeconduct.timeline.network import Limit

MOSCOW, ALMATY = "{gazetteer: 524901}", "{gazetteer: 1526384}"


def laid_out(claims: str) -> Layout:
    head = "schema: safeconduct/case/1\nid: x\napplicant: {id: p1, names: [X]}\nclaims:\n"
    references = load_references(None)
    case = read_case((head + claims).encode()).case
    return lay_out(case, references.gazetteer, references.countries)


def event(claims: str) -> Occurrence:
    return laid_out(claims).of("c1")


def at(limit: Limit) -> datetime | None:
    return None if limit.minutes is None else moment_of(limit.minutes)


def test_a_day_begins_and_ends_by_the_clock_of_its_place() -> None:
    moscow = event(f"  - {{id: c1, kind: event, text: x, when: 2022-09-28, where: {MOSCOW}}}\n")
    assert at(moscow.start_min) == datetime(2022, 9, 27, 21, tzinfo=UTC)
    assert at(moscow.end_max) == datetime(2022, 9, 28, 21, tzinfo=UTC)


def test_a_zone_that_changed_gives_the_wider_bounds() -> None:
    almaty = event(f"  - {{id: c1, kind: event, text: x, when: 2022-09-28, where: {ALMATY}}}\n")
    assert at(almaty.start_min) == datetime(2022, 9, 27, 18, tzinfo=UTC)
    assert at(almaty.end_max) == datetime(2022, 9, 28, 19, tzinfo=UTC)


def test_without_a_place_the_widest_zones_hold() -> None:
    nowhere = event("  - {id: c1, kind: event, text: x, when: 2022-09-28}\n")
    assert at(nowhere.start_min) == datetime(2022, 9, 27, 10, tzinfo=UTC)
    assert at(nowhere.end_max) == datetime(2022, 9, 29, 12, tzinfo=UTC)


def test_a_border_crossed_before_midnight_is_another_day_in_utc() -> None:
    crossed = event('  - {id: c1, kind: event, text: x, when: "2022-09-29T01:50+05:00"}\n')
    assert at(crossed.start_min) == datetime(2022, 9, 28, 20, 50, tzinfo=UTC)


def test_seconds_are_never_cut_off_an_upper_bound() -> None:
    timed = event('  - {id: c1, kind: event, text: x, when: "2022-09-29T01:50:30Z"}\n')
    assert timed.end_max.minutes is not None
    assert moment_of(timed.end_max.minutes) >= datetime(2022, 9, 29, 1, 50, 31, tzinfo=UTC)


def test_a_relation_bounds_what_has_no_date_and_names_its_claims() -> None:
    layout = laid_out(
        "  - {id: c1, kind: event, text: x, when: '2022-09-01T00:00Z'}\n"
        "  - {id: c2, kind: event, text: x,"
        " relations: [{is: after, claim: c1, least: P10D, most: P18D}]}\n"
    )
    after = layout.of("c2")
    assert at(after.start_min) == datetime(2022, 9, 11, tzinfo=UTC)
    assert set(after.start_min.claims) == {"c1", "c2"}
    assert at(after.start_max) == datetime(2022, 9, 19, 0, 1, tzinfo=UTC)
    assert after.end_max.minutes is None


def test_what_cannot_hold_is_a_circle_and_the_dates_still_stand() -> None:
    layout = laid_out(
        "  - {id: c1, kind: event, text: x, when: 2022-09-05,"
        " relations: [{is: before, claim: c2}]}\n"
        "  - {id: c2, kind: event, text: x, when: 2022-09-01}\n"
    )
    assert [set(circle.claims) for circle in layout.circles] == [{"c1", "c2"}]
    assert layout.of("c1").start_min.minutes is not None


def test_dates_alone_that_cannot_hold_are_a_circle_and_nothing_hangs() -> None:
    # Eastward over the date line: the stated offset and that of the place of arrival disagree.
    layout = laid_out(
        "  - {id: c1, kind: journey, text: x,"
        " when: '2022-09-02T12:00+14:00/2022-09-02T13:00+14:00',"
        " from: {gazetteer: 524901, offset: '-11:00'}, to: {gazetteer: 524901, offset: '+14:00'}}\n"
        "  - {id: c2, kind: journey, text: x, when: 2022-09-02/2022-09-02,"
        " from: {gazetteer: 524901, offset: '-11:00'}, to: {gazetteer: 524901, offset: '+14:00'}}\n"
    )
    assert len(layout.circles) <= 1
    assert set(layout.occurrences) == {"c1", "c2"}


def test_minutes_and_moments_are_inverse() -> None:
    moment = datetime(2023, 5, 6, 7, 8, tzinfo=UTC)
    assert moment_of(minutes_of(moment)) == moment
    assert minutes_of(datetime(1999, 12, 31, 23, 59, tzinfo=UTC)) == -1
