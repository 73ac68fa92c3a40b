"""Tables of letters, written so that letter and sound stand above each other in the source."""


def paired(letters: str, sounds: str) -> dict[str, str]:
    """Each letter with the sound at its place; sounds are parted by spaces, _ is no sound."""
    return {
        letter: "" if sound == "_" else sound
        for letter, sound in zip(letters, sounds.split(), strict=True)
    }
