"""What a case may declare of vague dates."""

import msgspec
import pytest

from safeconduct.casefile.when import Conventions, Padding, Season, Seasons

DECLARED = Conventions(
    approximate=Padding(minute="PT30M", day="P3D", month="P1M", season="P1M", year="P1Y"),
    uncertain=Padding(minute="PT5M", day="P7D", month="P2M", year="P1Y"),
    seasons=Seasons(
        spring=Season(months=(3, 4, 5)),
        summer=Season(months=(6, 7, 8)),
        autumn=Season(months=(9, 10, 11)),
        winter=Season(months=(12, 1, 2), year_of="start"),
    ),
)


@pytest.mark.parametrize("months", [(), (0,), (13,), (1, 3), (2, 1), (*range(1, 13), 1)])
def test_a_season_of_months_that_do_not_follow_one_another_is_refused(
    months: tuple[int, ...],
) -> None:
    with pytest.raises(ValueError, match="`months`"):
        Season(months=months)


@pytest.mark.parametrize(
    "text",
    [
        '{"approximate": {"month": "a month"}}',
        '{"approximate": {"month": "P1M\\n"}}',
        '{"approximate": {"week": "P1W"}}',
        '{"seasons": {"winter": {"months": [12, 2]}}}',
        '{"seasons": {"winter": {"months": [12, 1], "year_of": "middle"}}}',
        '{"doubtful": {"month": "P1M"}}',
    ],
)
def test_conventions_that_cannot_be_meant_are_refused(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(text, type=Conventions)


def test_conventions_survive_being_written_and_read() -> None:
    assert msgspec.json.decode(msgspec.json.encode(DECLARED), type=Conventions) == DECLARED
