"""Keys that are open for a while: of a person who signed in, of a job that works on one case.

Both end with the process that holds the boot secret or the worker's key.
"""
