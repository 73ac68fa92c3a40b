"""The command line: one door, with commands that load only what they need.

It words errors and exit codes; it holds no logic of a case.
"""
