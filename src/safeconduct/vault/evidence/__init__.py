"""Evidence as it came: sealed file by file, streamed in and out, its handling written down.

The original is never altered. A cleaned copy is an item of its own that names its original.
"""
