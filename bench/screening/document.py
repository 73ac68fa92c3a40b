"""The page of figures in the documentation, written from the tables of one run."""

import os
from collections.abc import Sequence

from bench.screening import environment
from bench.screening.records import ROOT
from bench.screening.tables import Table, text

PAGE = ROOT / "docs/explanation/screening-figures.md"

INTRODUCTION = """# Screening in figures

Written by `make bench-screening` (`python -m bench.screening --document`); do not edit it by hand.

Every figure stands beside that of logic-v2, the best open matcher that we know, over what its own
index retrieves: nomenklatura {version} as its authors publish it, in an environment of its own.
Both sides get the same records, in the same run, on one machine with {cores} cores. A ratio is
ours divided by theirs.

- *Shown* means that a person has to look: a score of 0.70 or more there, the band *review* or
  *strong* here. Where it is said of a list, everybody whom the side did not retrieve counts as
  not shown.
- The real lists are those of OFAC (July 2021), the UN (February 2026), the EU (August 2026) and
  Ukraine (March 2026, a half of its persons); the strangers are persons of Interpol's red notices
  (May 2025, a half) who share no name with anyone on those lists. A few of them are on a list
  under another spelling, so that a few of the false alarms are none.
- *Across scripts* every name in the script of the query is taken from the list before. Pairs
  "made of two tokens" join two name tokens of Wikidata; they are no real persons, many of the
  tokens are no names of persons, and some are wrong in the source.
- For the measures of truth the peer is asked in batches with its stop words switched off, since
  they would leave out common names only because many queries of one batch hold them. Speed is
  measured with everything as the peer does it by default.
- Labels are other people's judgements. Those that we dispute are in
  `bench/screening/disputed.csv`, each with a reason; the figures count them as they are.

"""


def write(tables: Sequence[Table]) -> None:
    """Writes the page anew."""
    start = INTRODUCTION.format(version=environment.VERSION, cores=os.cpu_count())
    PAGE.write_text(start + "\n".join(text(table) for table in tables), "utf-8")
