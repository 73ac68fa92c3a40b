"""The case document as a series of sealed revisions, and the merging of two that went apart.

Nothing is overwritten: a save behind which somebody else has saved is refused and told.
"""
