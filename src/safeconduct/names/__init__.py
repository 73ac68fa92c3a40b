"""Names of people: scripts, spellings and parts; no lists, no people, no comparison of records."""
