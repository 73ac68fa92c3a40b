"""Identity papers read as printed: machine-readable zones and the forms of document numbers.

Pure functions from what stands on a paper to values. They say which check digits and forms agree,
differ or cannot be known, and which single slip of reading would explain it. They make no
findings, word nothing, and never say that a paper is genuine or false. Sources:
docs/reference/identity-papers.md.
"""
