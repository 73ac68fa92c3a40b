"""Measurements: ratios within one run, never a bound that a test depends on."""
