"""How the vault writes things down: packed fields, canonical JSON, padding, sealed envelopes.

Nothing here knows what is sealed or for whom; docs/reference/vault.md has every byte.
"""
