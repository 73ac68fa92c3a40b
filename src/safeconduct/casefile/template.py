"""A new case file with its essentials, in which every section is explained and shown by example.

Lines that begin with `#` and no space or two are examples: without the `#` they are part of the
case. Explanations begin with `#` and one space.
"""

import msgspec

from safeconduct.casefile.edit_blocks import in_flow
from safeconduct.casefile.edit_scalars import inline


class Essentials(msgspec.Struct, frozen=True, kw_only=True):
    """What a case is opened with; what is not given stays an example in the file."""

    id: str
    names: tuple[str, ...]
    citizenships: tuple[str, ...] = ()
    language: str | None = None
    title: str | None = None
    organisation: str | None = None
    responsible: str | None = None


def new_case_text(essentials: Essentials) -> str:
    """The text of a new case file. Raises ValueError for what a file cannot hold."""
    head = [
        _entry("schema", "safeconduct/case/1"),
        _entry("id", essentials.id),
        _entry("title", essentials.title, "One line that says which case this is"),
        _entry("language", essentials.language, "fr"),
        _entry("organisation", essentials.organisation, "The organisation that keeps this case"),
        _entry("responsible", essentials.responsible, "Who is responsible for this case"),
    ]
    names = [f"    - text: {inline(name)}" for name in essentials.names]
    citizenships = (
        f"  citizenships: {in_flow(list(essentials.citizenships))}"
        if essentials.citizenships
        else "#  citizenships: [RU]"
    )
    return "\n".join([_HEAD, *head, _CONVENTIONS, *names, _NAMES, citizenships, _SECTIONS])


def _entry(key: str, value: str | None, example: str = "") -> str:
    return f"#{key}: {example}" if value is None else f"{key}: {inline(value)}"


_HEAD = """\
# A case file of Safeconduct: one applicant, and the family members who ask with them.
#
# Lines such as `#title: …` or `#  born: …` are examples. To use one, take away the number sign
# alone and write what is so. Lines that begin with a number sign and one space explain.
# Whatever is not known may be left out: unknown is never read as "no".
#
# Dates may be as vague as they were told:
# 2022-09-21 (that day), 2022-09 (some time in that month), 2022-09~ (about then), 2022-09?
# (perhaps then), 2022-24 (in the winter of 2022), 202X (in the 2020s), 2022-09-2X (in the twenties
# of that month), ../2024-11 (until then, its beginning open), "[2022-09-20,2022-09-22]" (one of
# the two; with the quotes).
# How wide ~ and ? and a season are meant is declared below, under `conventions`.
#
# `safeconduct case check` names every mistake in this file with its line and column.
"""

_CONVENTIONS = """
# How wide vague dates are meant in this case: `approximate` for ~, `uncertain` for ?.
#conventions:
#  approximate: {day: P3D, month: P1M, year: P1Y}
#  uncertain: {day: P3D, month: P1M, year: P1Y}
#  seasons:
#    winter: {months: [12, 1, 2]}

# Gaps between stays that are longer than this are named. P180D is 180 days, P6M six months.
#gaps_longer_than: P180D

# To which country a point in a disputed area (such as Crimea) is given: recognised, de-facto or
# unassigned. A place there is never held to be in another country than told.
#disputed_areas: recognised

# The person who asks for protection. Names as written, in their own script; several are welcome.
applicant:
  id: p1
  names:"""

_NAMES = """\
#    - text: Александр Иванов
#      script: Cyrl
#      kind: legal
#  born: 1990-05~
#  birth_place: {name: Samara, country: RU}"""

_SECTIONS = """\
#  documents:
#    - id: d1
#      kind: russian-internal-passport
#      number: 36 04 123456
#      issued: 2012-05-17
#      seen: copy

# Family members who ask together with the applicant.
household:
#  - id: p2
#    relation: wife
#    names: [Анна Иванова]

# Other persons whom the account names. A third person is checked only with a recorded purpose and
# legal basis.
persons:
#  - id: p3
#    relation: company commander
#    names: [Пётр Сидоров]

# Interviews and written statements. What was said is fixed: a transcript is never rewritten.
tellings:
#  - id: t1
#    on: 2024-10-14
#    language: ru
#    interpreter: the interpreter's name or number
#    interviewer_role: caseworker
#    transcript: |
#      I was stationed in Samara.
#      In September I left.

# The account as checkable statements, one by one. `kind` is stay, journey, event or statement.
# `text` is your neutral wording, `words` are the applicant's own. `central` is how central the
# applicant holds it: central, supporting or peripheral.
claims:
#  - id: c1
#    kind: stay
#    text: He was stationed in Samara.
#    words: I was stationed in Samara.
#    language: en
#    voice: applicant
#    when: 2022-02/2022-09
#    where: {name: Samara, country: RU}
#    told_in: t1
#    passage: line 1
#    central: central
#  - id: c2
#    kind: journey
#    text: He left Russia for Kazakhstan by train.
#    when: {edtf: 2022-09, words: in September}
#    from: {name: Samara, country: RU}
#    to: {country: KZ}
#    by: train
#    told_in: t1
#    passage: line 2
#    relations:
#      - {is: after, claim: c1, words: then}
#    evidence:
#      - {item: e1, bears: supports}
#    if_untrue:
#      - {what: no ticket in that name, looked: [h1], result: not-seen}

# Service in a unit, as stated. That somebody belonged to it is itself a claim.
service:
#  - id: v1
#    unit: the unit as it was named
#    role: driver
#    from: 2021-10
#    to: 2022-09
#    claims: [c1]

# Who or what evidence came from, and how reliable: A to F, where F says "cannot be judged".
sources:
#  - id: s1
#    name: the applicant's brother
#    kind: person
#    reliability: F
#    reliability_reason: Nothing is known of him yet.

# Collected items. Credibility goes from 1 to 6, where 6 says "cannot be judged".
evidence:
#  - id: e1
#    what: A photograph of the military ID
#    source: s1
#    collected: 2024-10-14
#    credibility: 6

# Searches made by hand; those that found nothing are kept as well.
searches:
#  - id: h1
#    tool: the register that was searched
#    query: what was asked
#    on: 2024-10-15
#    by: initials
#    result: nothing found under this spelling
#    found: false
#    about: [p1]

# Rival explanations of the same claims, and the items for and against each. None is preferred, and
# nothing is added up. State two at least, and look for what speaks against each.
explanations:
#  - id: x1
#    hypothesis: He left by train, as he says.
#    about: [c2]
#    for: [e1]
#    against: [h1]
#    by: initials

# Questions whose answers were fixed before they were put; `safeconduct control fix` adds them, and
# keeps the answers in a file of your own. Whether an answer matches, a named person says
# (`control judge`): matched or not-matched. Each is linked to the claims that it is about.
controls:
#  - id: w1
#    claims: [c1]
#    topic: routine
#    question: What was the first thing you did each morning?
#    language: en
#    commitment: 1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a
#    fixed_on: 2024-10-10
#    fixed_by: initials
#    asked: {on: 2024-10-14, by: initials}
#    answered: {on: 2024-10-14, text: as it was given, language: ru}
#    compared: {result: matched, by: who compared, on: 2024-10-15, reason: why}

# Entries that a register should have if claims are so, and what came back from it.
registers:
#  - id: r1
#    claims: [c1]
#    register: the register that was asked
#    entry: what should stand in it
#    searches: [h1]

# Telephones, handles and photographs, where and when these were taken, and what they tie to claims.
identifiers:
#  - id: i1
#    claims: [c1]
#    kind: photograph
#    value: what is to be seen
#    evidence: e1
#    taken_at: {name: Samara, country: RU}
#    taken_on: 2022-03~

# What was answered to questions that were put, or that an answer was not wished. `safeconduct
# questions` prints them, `safeconduct answer` adds the answers.
answers:
#  - id: a1
#    question: q0123456789
#    asked: "When was this, and what do you know the date by: He left his unit."
#    about: [c2]
#    on: 2024-10-16
#    language: ru
#    interpreter: first name, or an initial
#    text: as it was given

# Whether a named person held an entry of a watchlist to be somebody of this case: positive,
# negative or unsure. `safeconduct case judge` adds them, with hashes of what was judged.
judgements:
#  - id: j1
#    person: p1
#    list: a-list
#    entity: "4711"
#    verdict: negative
#    by: who judged
#    on: 2024-10-16
#    reason: the entry was born in another year, and served elsewhere
#    entity_sha256: 1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a
#    person_sha256: 1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a

# What the applicant agreed to, in which language.
consents:
#  - id: k1
#    purpose: checking the account
#    scope: this case only
#    language: ru
#    on: 2024-10-14

# Notes of the staff. A restricted note never leaves the house.
notes:
#  - id: n1
#    text: What is to be asked next.
#    about: [c2]
#    restricted: true
"""
