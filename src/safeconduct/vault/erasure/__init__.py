"""Shown, then shredded: what a case's erasure would destroy, its destruction, and what remains.

Erasure destroys the keys and overwrites where they stood. What a disk's own remapping, a copy made
elsewhere, or somebody's memory still holds, no program here can reach.
"""
