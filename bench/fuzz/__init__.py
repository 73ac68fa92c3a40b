"""Fuzzers: what reads files from outside gets whatever bytes there are."""
