"""A screening as JSON: one line for a row of a batch, and one object for a single person.

The forms are those of `schemas/`. The line holds nothing of language, time or path; the object of
a single person holds sentences in the reader's language beside the same facts.
"""

from typing import Any

import msgspec

from safeconduct.screening.batch_rows import BatchRow
from safeconduct.screening.comparing import Match
from safeconduct.screening.explaining import explain
from safeconduct.screening.screening import Screening
from safeconduct.wording.language import Language
from safeconduct.wording.sentences import say

ROW_SCHEMA = "safeconduct/screening-row/1"
SCREENING_SCHEMA = "safeconduct/screening/1"

_encode = msgspec.json.Encoder().encode


def row_line(row: BatchRow, screening: Screening | None) -> bytes:
    """The line of a row, with its line break. `screening` is None for a row that was rejected."""
    return _encode(row_object(row, screening)) + b"\n"


def row_object(row: BatchRow, screening: Screening | None) -> dict[str, Any]:
    """The keys in the order of the contract; a row not compared has no band."""
    if screening is None:
        status, found = "rejected", _NOTHING
    else:
        status, found = "screened" if screening.band else "not_checked", screening
    return {
        "schema": ROW_SCHEMA,
        "row": row.number,
        "id": row.id,
        "status": status,
        "error": row.error,
        **_found(found),
        "matches": [match_object(one) for one in found.matches],
    }


def screening_object(screening: Screening, language: Language) -> dict[str, Any]:
    """One person's screening, each match with the names as written and its sentences."""
    return {
        "schema": SCREENING_SCHEMA,
        "id": screening.id,
        "status": "screened" if screening.band else "not_checked",
        **_found(screening),
        "matches": [match_object(one) | _in_words(one, language) for one in screening.matches],
    }


def match_object(match: Match) -> dict[str, Any]:
    """One match by the contract; `entity` is the identifier of the list's record."""
    return {
        "list": match.list,
        "entity": match.entity.id,
        "score": match.score,
        "band": match.band.value,
        "parts": [msgspec.to_builtins(part) for part in explain(match).parts],
    }


def _found(screening: Screening) -> dict[str, Any]:
    return {
        "band": screening.band.value if screening.band else None,
        "lists": [one._asdict() for one in screening.lists],
        "not_compared": [one._asdict() for one in screening.not_compared],
    }


def _in_words(match: Match, language: Language) -> dict[str, Any]:
    explanation = explain(match)
    return {
        "rule": match.rule,
        "names": {"ours": explanation.ours, "theirs": explanation.theirs},
        "caption": match.entity.caption,
        "statements": [say(message, language) for message in explanation.messages()],
    }


_NOTHING = Screening(id="", band=None, lists=(), matches=(), not_compared=())
