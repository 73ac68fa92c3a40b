"""The vocabulary of a case: frozen, typed values of a case, of findings and of a vetting.

It reads and writes case files, reads vague dates, and keeps the words in which things were told.
It does not compare, judge, look anything up, word anything for people, or touch a network, a
clock or randomness.
"""
