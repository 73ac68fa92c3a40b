"""The catalogue keeps what was added, hands out only what is whole, and overwrites nothing."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from safeconduct.casefile.errors import DamagedReference, SafeconductError
from safeconduct.reference.catalogue import Added, Catalogue
from safeconduct.reference.certificate import sealed, written
from safeconduct.reference.errors import (
    AddressRefused,
    CatalogueMissing,
    CatalogueUnreadable,
    CertificateUnreadable,
    DataSetDamaged,
    NoSuchDataSet,
    StatementRefused,
    StatementsMissing,
)
from safeconduct.reference.importing import Built, ImportRejected, RowMistake
from safeconduct.reference.verdicts import State

Add = Callable[..., Added]


def _tree(root: Path) -> dict[str, bytes]:
    files = (one for one in root.rglob("*") if one.is_file() and one.name != ".lock")
    return {str(one.relative_to(root)): one.read_bytes() for one in files}


def test_what_is_added_can_be_read_with_its_certificate(catalogue: Catalogue, add: Add) -> None:
    added = add("one\ntwo", title="Few words", completeness="two of them")
    certificate = added.certificate
    assert not added.already_there
    assert added.rejected == ()
    assert catalogue.get("words", "few", "2026-11-22") == certificate
    assert catalogue.read_built(certificate) == b"ONE\nTWO"
    assert catalogue.read_original(certificate) == b"one\ntwo"
    assert certificate.title == "Few words"
    assert certificate.rows == 2
    assert certificate.original.name == "original.txt"
    assert certificate.original_name == "words.TXT"
    assert certificate.original.sha256 == hashlib.sha256(b"one\ntwo").hexdigest()
    assert certificate.built.sha256 == hashlib.sha256(b"ONE\nTWO").hexdigest()
    assert (certificate.original.bytes, certificate.importer.name) == (7, "upper-case")


def test_an_id_stands_in_for_a_title_and_silence_on_completeness_is_said(add: Add) -> None:
    certificate = add().certificate
    assert certificate.title == "few"
    assert certificate.completeness == "not stated"


def test_the_certificate_is_readable_json_and_names_its_schema(
    catalogue: Catalogue, add: Add
) -> None:
    folder = catalogue.folder(add().certificate.address)
    stated = json.loads((folder / "certificate.json").read_text())
    assert stated["schema"] == "safeconduct/reference/1"
    assert sorted(one.name for one in folder.iterdir()) == [
        "built.bin",
        "certificate.json",
        "original.txt",
    ]


def test_the_identical_file_again_changes_nothing(catalogue: Catalogue, add: Add) -> None:
    first = add()
    before = _tree(catalogue.root)
    again = add()
    assert again == Added(first.certificate, already_there=True)
    assert _tree(catalogue.root) == before


def test_other_content_of_the_same_day_is_the_next_version(catalogue: Catalogue, add: Add) -> None:
    first = add("one").certificate
    second = add("two").certificate
    assert second.address.label == "2026-11-22-2"
    assert catalogue.read_built(first) == b"ONE"
    assert catalogue.read_built(second) == b"TWO"
    assert catalogue.latest("words") == (second,)
    assert catalogue.get("words", "few", "2026-11-22-2") == second
    assert add("one").already_there


def test_a_corrected_statement_is_a_version_of_its_own(add: Add) -> None:
    add(licence="CC0")
    assert add(licence="CC BY 4.0").certificate.version == 2


def test_the_tenth_version_comes_after_the_ninth(catalogue: Catalogue, add: Add) -> None:
    for number in range(10):
        add(str(number))
    assert catalogue.latest("words", "few")[0].version == 10


def test_the_latest_is_by_day_and_for_each_set(catalogue: Catalogue, add: Add) -> None:
    add(as_of="2026-11-22")
    add(as_of="2025-01-01")
    add(id="other", as_of="2024-01-01")
    add(kind="texts", as_of="2026-12-01")
    latest = [(one.id, one.as_of) for one in catalogue.latest("words")]
    assert latest == [("few", "2026-11-22"), ("other", "2024-01-01")]
    assert catalogue.latest("words", "none") == catalogue.latest("nothing") == ()
    assert len(catalogue.all()) == 4


def test_a_catalogue_that_is_not_there_is_empty_unless_it_is_required(catalogue: Catalogue) -> None:
    assert catalogue.all() == ()
    assert catalogue.verify() == ()
    with pytest.raises(CatalogueMissing):
        catalogue.required()
    assert not catalogue.root.exists()


@pytest.mark.parametrize("text", ["../x", "", "Few", "a/b", "a\n", ".", "..", "ａ", "a" * 65, "-a"])
def test_an_id_or_kind_that_is_no_plain_name_is_refused(
    catalogue: Catalogue, add: Add, text: str
) -> None:
    for refused in ({"id": text}, {"kind": text}):
        with pytest.raises(AddressRefused):
            add(**refused)
    for address in ((text, "few", "2026-11-22"), ("words", text, "2026-11-22")):
        with pytest.raises(AddressRefused):
            catalogue.get(*address)
        with pytest.raises(AddressRefused):
            catalogue.remove(*address)
    assert not catalogue.root.exists()


@pytest.mark.parametrize(
    "label", ["", "2026", "2026-02-30", "2026-11-22-1", "2026-11-22-02", "..", "2026-11-22\n"]
)
def test_a_version_that_no_calendar_has_is_refused(catalogue: Catalogue, label: str) -> None:
    with pytest.raises(AddressRefused):
        catalogue.get("words", "few", label)


@pytest.mark.parametrize("day", ["2026-02-30", "22.11.2026", "2026-11", "2026-11-22-2"])
def test_an_as_of_that_is_no_day_is_refused(catalogue: Catalogue, add: Add, day: str) -> None:
    with pytest.raises(AddressRefused):
        add(as_of=day)


def test_everything_that_has_to_be_stated_is_named_at_once(add: Add) -> None:
    with pytest.raises(StatementsMissing) as refused:
        add(as_of="", origin="", licence="")
    assert refused.value.missing == ("as-of", "origin", "licence")


@pytest.mark.parametrize("text", [" ", "x" * 2001, "\udcff"])
def test_a_statement_that_says_nothing_or_is_no_text_is_refused(add: Add, text: str) -> None:
    with pytest.raises(StatementRefused):
        add(origin=text)


def test_a_bad_line_leaves_the_catalogue_as_it_was(catalogue: Catalogue, add: Add) -> None:
    add()
    before = _tree(catalogue.root)
    with pytest.raises(ImportRejected) as refused:
        add("good\nbad\ngood\nbad")
    assert [one.line for one in refused.value.mistakes] == [2, 4]
    assert _tree(catalogue.root) == before


def test_rows_that_were_left_out_are_told_each_time(catalogue: Catalogue, tmp_path: Path) -> None:
    class Lenient:
        name, version, most_bytes = "lenient", 1, 1000

        def build(self, original: bytes) -> Built:
            return Built(data=original, rows=1, rejected=(RowMistake(2, "odd"),))

    original = tmp_path / "words"
    original.write_text("one\nodd")
    for already_there in (False, True):
        added = catalogue.add(
            original, "words", Lenient(), id="few", as_of="2026-11-22", origin="us", licence="CC0"
        )
        assert added.already_there is already_there
        assert added.rejected == (RowMistake(2, "odd"),)
        assert added.certificate.rejected == 1


@pytest.mark.parametrize("name", ["built.bin", "original.txt"])
def test_a_damaged_file_is_named_and_refused(catalogue: Catalogue, add: Add, name: str) -> None:
    certificate = add().certificate
    file = catalogue.folder(certificate.address) / name
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    (verdict,) = catalogue.verify()
    assert (verdict.state, verdict.file) == (State.DAMAGED, name)
    assert verdict.found == hashlib.sha256(file.read_bytes()).hexdigest()
    read = catalogue.read_built if name == "built.bin" else catalogue.read_original
    with pytest.raises(DamagedReference, match=name) as refused:
        read(certificate)
    assert refused.value.exit_code == 3


@pytest.mark.parametrize("name", ["built.bin", "original.txt", "certificate.json"])
def test_a_missing_file_is_named(catalogue: Catalogue, add: Add, name: str) -> None:
    (catalogue.folder(add().certificate.address) / name).unlink()
    (verdict,) = catalogue.verify()
    assert (verdict.state, verdict.file) == (State.FILE_MISSING, name)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"\xff", b"[" * 100_000, b'{"schema": "safeconduct/reference/2"}']
)
def test_what_is_no_certificate_is_unreadable(catalogue: Catalogue, add: Add, data: bytes) -> None:
    certificate = add().certificate
    (catalogue.folder(certificate.address) / "certificate.json").write_bytes(data)
    (verdict,) = catalogue.verify()
    assert verdict.state is State.CERTIFICATE_UNREADABLE
    for reading in (catalogue.all, lambda: catalogue.latest("words")):
        with pytest.raises(CertificateUnreadable):
            reading()


def test_an_edit_by_hand_is_noticed_whatever_it_changes(catalogue: Catalogue, add: Add) -> None:
    file = catalogue.folder(add().certificate.address) / "certificate.json"
    stated = json.loads(file.read_text())
    for key, value in stated.items():
        other = value + 1 if isinstance(value, int) else "2020-01-01"
        file.write_text(json.dumps(stated | {key: other}))
        assert catalogue.verify()[0].state is State.CERTIFICATE_UNREADABLE, key
    file.write_text(json.dumps(stated))
    assert catalogue.verify()[0].whole


def test_a_certificate_of_another_place_is_refused(catalogue: Catalogue, add: Add) -> None:
    certificate = add().certificate
    moved = msgspec.structs.replace(certificate, id="other")
    file = catalogue.folder(certificate.address) / "certificate.json"
    file.write_bytes(written(sealed(moved)))
    with pytest.raises(CertificateUnreadable, match="words/other"):
        catalogue.all()


def test_a_certificate_cannot_name_a_file_elsewhere(catalogue: Catalogue, add: Add) -> None:
    certificate = add().certificate
    built = msgspec.structs.replace(certificate.built, name="../../../secret")
    forged = sealed(msgspec.structs.replace(certificate, built=built))
    (catalogue.folder(certificate.address) / "certificate.json").write_bytes(written(forged))
    with pytest.raises(CertificateUnreadable):
        catalogue.all()


def test_the_latest_is_never_an_older_one_in_place_of_a_damaged(
    catalogue: Catalogue, add: Add
) -> None:
    add(as_of="2025-01-01")
    newest = add(as_of="2026-01-01").certificate
    (catalogue.folder(newest.address) / "certificate.json").write_text("{}")
    with pytest.raises(CertificateUnreadable):
        catalogue.latest("words")


def test_adding_again_heals_a_damaged_set_with_a_new_version(
    catalogue: Catalogue, add: Add
) -> None:
    first = add().certificate
    (catalogue.folder(first.address) / "built.bin").write_bytes(b"")
    again = add()
    assert not again.already_there
    assert catalogue.latest("words") == (again.certificate,)
    assert [one.whole for one in catalogue.verify()] == [False, True]


def test_a_removed_version_is_gone_and_the_others_stay(catalogue: Catalogue, add: Add) -> None:
    add("one")
    second = add("two").certificate
    catalogue.remove("words", "few", "2026-11-22")
    assert catalogue.all() == (second,)
    with pytest.raises(NoSuchDataSet):
        catalogue.remove("words", "few", "2026-11-22")
    catalogue.remove("words", "few", "2026-11-22-2")
    assert [one.name for one in catalogue.root.iterdir()] == [".lock"]


def test_a_damaged_version_can_be_removed(catalogue: Catalogue, add: Add) -> None:
    certificate = add().certificate
    (catalogue.folder(certificate.address) / "certificate.json").unlink()
    catalogue.remove("words", "few", "2026-11-22")
    assert catalogue.verify() == ()


def test_a_folder_that_refuses_to_be_listed_is_not_read_as_empty(
    catalogue: Catalogue, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add()
    listed = Path.iterdir

    def refuses(self: Path) -> Iterator[Path]:
        if self.name == "few":
            raise PermissionError(13, "Permission denied", str(self))
        return listed(self)

    monkeypatch.setattr(Path, "iterdir", refuses)
    for look in (catalogue.addresses, catalogue.verify, lambda: catalogue.latest("words")):
        with pytest.raises(CatalogueUnreadable, match="Permission denied"):
            look()


def test_strangers_in_the_folder_are_no_data_sets(catalogue: Catalogue, add: Add) -> None:
    certificate = add().certificate
    (catalogue.root / "notes.txt").write_text("hello")
    (catalogue.root / "words" / "few" / "2026-99-99").mkdir()
    (catalogue.root / "Words" / "few" / "2026-11-22").mkdir(parents=True)
    assert catalogue.all() == (certificate,)


def test_every_error_is_one_of_the_family() -> None:
    assert issubclass(DataSetDamaged, SafeconductError)
    assert DataSetDamaged.exit_code == CertificateUnreadable.exit_code == 3
    assert AddressRefused.exit_code == NoSuchDataSet.exit_code == CatalogueMissing.exit_code == 2
