"""What is written about profiles, for people and for editors, says what the reader says."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml
from tests.unit.dossier.profiles.test_profile import SMALL, W

from safeconduct.dossier.profiles.profile import (
    CHANNELS,
    HELD,
    PARTS,
    SHIPPED,
    Asked,
    Profile,
    ProfileUnreadable,
    own_profile,
    read_profile,
    shipped_profile,
)
from safeconduct.dossier.profiles.schema import FILE, profile_schema

FOLDER = files("safeconduct.dossier.profiles") / "shipped"
PAGE = Path(__file__).parents[4] / "docs" / "reference" / "profiles.md"


def example() -> str:
    (found,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return str(found)


def table(heading: str) -> dict[str, str]:
    """First column → the rest, of the table below a heading."""
    part = PAGE.read_text("utf-8").split(f" {heading}\n", 1)[1].split("\n#", 1)[0]
    rows = (one.strip("| ").partition(" | ") for one in part.splitlines() if one.startswith("| `"))
    return {names: rest for names, _, rest in rows}


def meets(text: str) -> bool:
    value = json.loads(msgspec.json.encode(yaml.safe_load(text)))
    return bool(jsonschema.Draft202012Validator(profile_schema()).is_valid(value))


def test_the_shipped_schema_says_what_the_type_says() -> None:
    shipped: Any = json.loads((FOLDER / FILE).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(shipped)
    assert shipped == profile_schema()
    assert set(shipped["properties"]) == set(Profile.__struct_fields__)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_profiles_meet_the_schema(name: str) -> None:
    assert meets((FOLDER / f"{name}.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    "line",
    [
        f"withholds: [{{check: gap, reason: {W}}}]",
        f"leaves_out: [{{part: clams, reason: {W}}}]",
        "channels: []",
        "channels: [age, age]",
        "warning: {en: A, fr: B}",
        "warning: {en: A, fr: B, ru: ' '}",
        "colour: red",
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(line: str) -> None:
    assert meets(SMALL)
    assert not meets(f"{SMALL}{line}\n")
    with pytest.raises(ProfileUnreadable):
        read_profile(f"{SMALL}{line}\n".encode())


def test_the_example_is_read_and_meets_the_schema() -> None:
    profile = own_profile(example().encode())
    assert (profile.id, profile.channels) == ("our-shelter", ("zip", "print"))
    assert profile.leaves("claims")
    assert meets(example())


def test_the_page_names_every_key_part_check_and_channel() -> None:
    assert [one.strip("`") for one in table("Keys")] == list(Profile.__struct_fields__)
    assert all(f"`{key}`" in table("Keys")["`asks`"] for key in Asked.__struct_fields__)
    parts = re.findall(r"`([a-z-]+)`", " ".join(table("Parts")))
    assert sorted(parts) == sorted(PARTS)
    checks = PAGE.read_text("utf-8").split("### Checks\n", 1)[1].split("###", 1)[0]
    assert re.findall(r"`([a-z-]+)`", checks) == list(HELD)
    named = {
        row.strip("`"): re.findall(r"`([a-z-]+)`", rest.split(" | ")[-1])
        for row, rest in table("Channels").items()
    }
    assert named == {
        one: [name for name in SHIPPED if one in shipped_profile(name).channels] for one in CHANNELS
    }
