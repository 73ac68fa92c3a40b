"""Backups: all rows and objects of a vault in one encrypted file, and back into an empty place.

Nothing else is ever in one: no session, no pepper, no key in the open.
"""
