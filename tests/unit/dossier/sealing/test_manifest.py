"""The manifest: its form, its shipped schema, and what a dossier may not hide."""

import json
from datetime import date
from importlib.resources import files
from typing import Any

import jsonschema
import msgspec
import pytest

from safeconduct.casefile.findings import ReferenceUsed
from safeconduct.dossier.sealing.canonical import formed, read_canonical
from safeconduct.dossier.sealing.errors import FormUnknown, SealRefused
from safeconduct.dossier.sealing.formats import FORMATS
from safeconduct.dossier.sealing.items import HashedItem, Item
from safeconduct.dossier.sealing.manifest import (
    Assessed,
    Certificates,
    CheckRun,
    Disclosure,
    Manifest,
    Omission,
    Organisation,
    ReferenceHeld,
    Subject,
    Terms,
    Withheld,
    manifest_bytes,
    refuse_unseen,
)
from safeconduct.dossier.sealing.schemas import json_schema

DAY = date(2024, 11, 2)
TERMS = Terms(recipient="A consulate", purpose="a visa", issued=DAY, expires=date(2025, 5, 2))
WITHHELD = Withheld(reason="lists name others", answers_for="R. Caseworker")
DISCLOSURE = Disclosure(
    profile="consulate",
    language="fr",
    subject=Subject(kind="identity", item="person"),
    on=DAY,
    checks=(
        CheckRun(check="journeys", findings=("finding/f1", "finding/f2"), not_checked=1),
        CheckRun(check="gaps"),
        CheckRun(check="identity-screening", withheld=WITHHELD),
    ),
    omissions=(Omission(what="evidence", reason="not asked for", answers_for="R. Caseworker"),),
    references=(ReferenceUsed(kind="gazetteer", id="geonames", as_of="2024", sha256="aa" * 32),),
    items=(
        Item(id="person", kind="person", value={"name": "Руслан"}),
        Item(id="finding/f1", kind="finding", value={}),
        Item(id="finding/f2", kind="finding", value={}),
    ),
    software="safeconduct 0",
)
MANIFEST = Manifest(
    organisation=Organisation(name="Office of Trials", key="ab" * 32),
    certificate=Certificates(sha256="cd" * 32),
    recipient="A consulate",
    purpose="a visa",
    issued=DAY,
    expires=date(2025, 5, 2),
    profile="consulate",
    language="fr",
    subject=DISCLOSURE.subject,
    time_stamped=False,
    vetted_on=DAY,
    checks=DISCLOSURE.checks,
    omissions=DISCLOSURE.omissions,
    assessment=Assessed(version="2", sha256="01" * 32),
    references=(ReferenceHeld(kind="gazetteer", id="geonames", as_of="2024", sha256="aa" * 32),),
    items=(HashedItem(id="person", kind="person", sha256="22" * 32),),
    software="safeconduct 0",
)


def shipped(name: str) -> Any:
    return json.loads((files("safeconduct.dossier.sealing") / "shipped" / name).read_text("utf-8"))


@pytest.mark.parametrize("name", FORMATS)
def test_the_shipped_schemas_say_what_the_types_say(name: str) -> None:
    form, schema, title = FORMATS[name]
    jsonschema.Draft202012Validator.check_schema(shipped(name))
    assert shipped(name) == json_schema(form, schema, title)
    assert shipped(name)["$id"] == schema


def test_a_manifest_meets_its_schema_and_is_read_back_as_it_was() -> None:
    value = read_canonical(manifest_bytes(MANIFEST))
    jsonschema.Draft202012Validator(shipped("manifest-1.json")).validate(value)
    assert formed(value, Manifest) == MANIFEST


def test_a_key_too_many_or_another_schema_is_no_manifest() -> None:
    value = read_canonical(manifest_bytes(MANIFEST))
    for other in ({**value, "approved": True}, {**value, "schema": "safeconduct/manifest/2"}):
        with pytest.raises(FormUnknown):
            formed(other, Manifest)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(shipped("manifest-1.json")).validate(other)


def test_a_dossier_that_hides_nothing_may_be_sealed() -> None:
    refuse_unseen(DISCLOSURE, TERMS)


def changed(**changes: Any) -> Disclosure:
    return msgspec.structs.replace(DISCLOSURE, **changes)


@pytest.mark.parametrize(
    ("disclosure", "because"),
    [
        (changed(checks=()), "no check is listed"),
        (changed(items=DISCLOSURE.items[:2]), "cited without its finding finding/f2"),
        (changed(items=(*DISCLOSURE.items, DISCLOSURE.items[1])), "twice"),
        (changed(checks=(*DISCLOSURE.checks, CheckRun(check="gaps"))), "gaps stands twice"),
        (changed(checks=DISCLOSURE.checks[1:]), "belongs to no check"),
        (
            changed(checks=(CheckRun(check="x", findings=("person",), withheld=WITHHELD),)),
            "withheld and shows",
        ),
        (
            changed(checks=(CheckRun(check="x", withheld=Withheld(reason=" ", answers_for="R")),)),
            "needs a reason",
        ),
        (
            changed(omissions=(Omission(what="names", reason="safety", answers_for=""),)),
            "name of whoever answers",
        ),
        (changed(subject=Subject(kind="identity", item="passport")), "the person is"),
        (changed(subject=Subject(kind="pseudonym", pseudonym=" ")), "the person is"),
        (changed(subject=Subject(kind="pseudonym", pseudonym="A", item="person")), "the person is"),
        (changed(on=date(2024, 11, 3)), "after the day of sealing"),
    ],
)
def test_what_would_hide_something_is_refused(disclosure: Disclosure, because: str) -> None:
    with pytest.raises(SealRefused, match=because):
        refuse_unseen(disclosure, TERMS)


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"recipient": ""}, "empty"),
        ({"purpose": "  "}, "empty"),
        ({"expires": date(2024, 11, 1)}, "before it begins"),
    ],
)
def test_a_seal_without_recipient_purpose_or_end_is_refused(
    change: dict[str, Any], because: str
) -> None:
    with pytest.raises(SealRefused, match=because):
        refuse_unseen(DISCLOSURE, msgspec.structs.replace(TERMS, **change))


def test_a_seal_for_one_day_is_allowed() -> None:
    refuse_unseen(DISCLOSURE, msgspec.structs.replace(TERMS, expires=DAY))
