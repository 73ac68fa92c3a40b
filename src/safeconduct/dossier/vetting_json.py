"""A vetting as JSON, by the contract in docs/reference/vetting-json.md: facts and sentences."""

from typing import Any

import msgspec

from safeconduct.casefile.findings import VETTING_SCHEMA, Finding, Message, NotChecked, Vetting
from safeconduct.wording.language import Language
from safeconduct.wording.sentences import say


def vetting_object(vetting: Vetting, language: Language) -> dict[str, Any]:
    """The vetting as plain values. `statement`s are in `language`; nothing else depends on it."""
    return {
        "schema": VETTING_SCHEMA,
        "case": vetting.case,
        "on": vetting.on.isoformat(),
        "software": vetting.software,
        "findings": [_finding(finding, language) for finding in vetting.findings],
        "not_checked": [_not_checked(one, language) for one in vetting.not_checked],
        "references": [msgspec.to_builtins(used) for used in vetting.references],
    }


def vetting_json(vetting: Vetting, language: Language) -> bytes:
    """The same as UTF-8 text, keys in the order of the contract, one final line break."""
    return msgspec.json.format(msgspec.json.encode(vetting_object(vetting, language))) + b"\n"


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "id": finding.id,
        "check": finding.check,
        "outcome": finding.outcome.value,
        "indicator": finding.indicator.value,
        "message": finding.message.id,
        "parameters": _parameters(finding.message),
        "statement": say(finding.message, language),
        "because": [msgspec.to_builtins(because) for because in finding.because],
        "repairs": [_message(repair, language) for repair in finding.repairs],
        "question": _message(finding.question, language) if finding.question else None,
        "rests_on": [msgspec.to_builtins(grade) for grade in finding.rests_on],
        "peripheral": finding.peripheral,
    }


def _not_checked(one: NotChecked, language: Language) -> dict[str, Any]:
    return {
        "check": one.check,
        "reason": say(one.reason, language),
        "needs": say(one.needs, language),
        "message": one.reason.id,
        "parameters": _parameters(one.reason),
        "because": [msgspec.to_builtins(because) for because in one.because],
    }


def _message(message: Message, language: Language) -> dict[str, Any]:
    return {
        "message": message.id,
        "parameters": _parameters(message),
        "statement": say(message, language),
    }


def _parameters(message: Message) -> dict[str, Any]:
    return {name: msgspec.to_builtins(value) for name, value in message.parameters.items()}
