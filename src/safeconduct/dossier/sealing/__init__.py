"""The seal of a dossier: what it binds, how it is put on, and how it is examined without a case.

It composes nothing and chooses nothing of what is disclosed. Alone below the doors it may draw the
system's randomness, for salts and keys; the time is always given.
"""
