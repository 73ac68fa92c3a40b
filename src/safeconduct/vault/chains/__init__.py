"""Rows that each carry the hash of the one before, their content encrypted, their order provable.

Revisions, evidence, custody and the audit are such chains. The chain can be verified without any
key, and stays whole when a key is destroyed.
"""
