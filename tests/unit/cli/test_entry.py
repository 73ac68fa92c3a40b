"""What standard output is made to take, whatever it is written in."""

from io import BytesIO, StringIO, TextIOWrapper

import pytest

from safeconduct.cli.entry import write_every_letter

LETTERS = "Руслан, Жанна, 宋, é"


@pytest.mark.parametrize("encoding", ["cp866", "cp1252", "latin-1", "ascii", "UTF-8", "utf_8"])
def test_a_file_or_pipe_gets_every_letter_in_utf_8(encoding: str) -> None:
    written = BytesIO()
    stream = TextIOWrapper(written, encoding=encoding)
    write_every_letter(stream)
    stream.write(LETTERS)
    stream.flush()
    assert written.getvalue().decode("utf-8") == LETTERS


def test_half_a_letter_is_shown_by_its_number() -> None:
    for encoding in ("utf-8", "cp866"):
        written = BytesIO()
        stream = TextIOWrapper(written, encoding=encoding)
        write_every_letter(stream)
        stream.write("a\udcffb")
        stream.flush()
        assert written.getvalue() == b"a\\udcffb"


def test_a_terminal_keeps_its_encoding() -> None:
    class Terminal(TextIOWrapper):
        def isatty(self) -> bool:
            return True

    written = BytesIO()
    stream = Terminal(written, encoding="cp1252")
    write_every_letter(stream)
    stream.write("é Ж")
    stream.flush()
    assert written.getvalue() == b"\xe9 ?"


def test_what_is_no_such_stream_is_left_as_it_is() -> None:
    write_every_letter(None)
    stream = StringIO()
    write_every_letter(stream)
    stream.write(LETTERS)
    assert stream.getvalue() == LETTERS
