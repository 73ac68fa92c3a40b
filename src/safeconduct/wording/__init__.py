"""Message identifier and parameters → a sentence in a language.

The only room that words anything for people about a case. Catalogues are gettext files; text of
the case is shown as it stands, in whatever language it was told.
"""
