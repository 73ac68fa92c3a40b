"""The dossier as a PDF: composed as data in our words, then set by one fixed typst template.

It discloses what may leave the house. It seals nothing and adds no judgement.
"""
