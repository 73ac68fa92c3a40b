"""A text up to a word's end, where only so much has room. What is cut stands in full elsewhere."""


def cut(text: str, longest: int) -> str:
    """The text, or its beginning with an ellipsis; a direction opened in that is closed again."""
    if len(text) <= longest:
        return text
    kept = text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:")
    left_open = kept.count("\u2068") - kept.count("\u2069")
    return kept + "\u2069" * left_open + " …"
