"""Who can open what: passphrases, the keys of staff, the keys of cases, and grants of them.

What a key was used to read stays read; taking it back protects only what is written afterwards.
"""
