import gzip
import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.importers import texts
from safeconduct.screening.importers.texts import decoded, member_bytes, opened_zip, unzipped


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_the_byte_order_mark_tells_the_encoding() -> None:
    assert decoded("\ufeffім'я".encode()) == "ім'я"
    assert decoded("\ufeffім'я".encode("utf-16-le")) == "ім'я"
    assert decoded("\ufeffім'я".encode("utf-16-be"), encoding="windows-1251") == "ім'я"


def test_bytes_of_another_encoding_are_refused_with_their_line() -> None:
    with pytest.raises(ImportRejected) as caught:
        decoded("a\nім'я".encode("windows-1251"))
    assert caught.value.mistakes[0].line == 2
    assert decoded("ім'я".encode("windows-1251"), encoding="windows-1251") == "ім'я"


@pytest.mark.parametrize("encoding", ["no-such", "\x00", "hex"])
def test_an_encoding_that_is_none_is_refused(encoding: str) -> None:
    with pytest.raises(ImportRejected):
        decoded(b"abc", encoding=encoding)


@pytest.mark.parametrize("length", [5, 12, 20, -4, -1])
def test_a_gzip_file_that_is_cut_is_refused(length: int) -> None:
    with pytest.raises(ImportRejected, match="cut or damaged"):
        unzipped(gzip.compress(b"some content of a list" * 20)[:length])


def test_a_gzip_file_that_holds_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_UNPACKED", 1000)
    assert unzipped(gzip.compress(b"x" * 1000)) == b"x" * 1000
    with pytest.raises(ImportRejected, match="more than 1000"):
        unzipped(gzip.compress(b"x" * 1001))


def test_a_zip_archive_that_holds_too_much_is_refused_by_what_it_states() -> None:
    bomb = zipped(a=b"x" * 5000, b=b"y" * 5000)
    with pytest.raises(ImportRejected, match="more than 9999"):
        opened_zip(bomb, most=9999)
    assert opened_zip(bomb, most=10000).namelist() == ["a", "b"]


def test_a_zip_archive_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_MEMBERS", 1)
    with pytest.raises(ImportRejected, match="2 files"):
        opened_zip(zipped(a=b"", b=b""))


def test_a_damaged_zip_archive_is_refused() -> None:
    whole = zipped(a=b"content" * 100)
    with pytest.raises(ImportRejected):
        opened_zip(whole[:-10])
    broken = bytearray(whole)
    broken[40] ^= 0xFF
    with pytest.raises(ImportRejected):
        member_bytes(opened_zip(bytes(broken)), "a")
    with pytest.raises(ImportRejected):
        member_bytes(opened_zip(whole), "missing")
