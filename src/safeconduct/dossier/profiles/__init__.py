"""Profiles: what of a case leaves the house for which recipient, as data that people can read.

What a profile leaves out is removed before anything is composed, so no later step can show it.
"""
