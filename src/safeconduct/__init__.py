"""Safeconduct: gathers, compares, cites and asks; it decides nothing."""

__version__ = "0.1.0"
