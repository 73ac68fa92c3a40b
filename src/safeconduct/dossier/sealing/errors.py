"""What sealing and verifying refuse, each for one reason."""

from safeconduct.casefile.errors import SafeconductError


class NotCanonical(SafeconductError):
    """A text is no JSON that has one reading: a key twice, too deep, too large, no number."""


class FormUnknown(SafeconductError):
    """JSON that is not of the schema that was expected."""


class NotSealed(SafeconductError):
    """A file that holds no seal of this kind, or that cannot be read as one."""


class SealRefused(SafeconductError):
    """What was to be sealed breaks a rule of sealing; nothing was sealed."""


class KeyNotOpened(SafeconductError):
    """A private key that cannot be used: wrong passphrase, wrong kind, or not protected."""


class StatusNotUsable(SafeconductError):
    """A status list that is not signed by the root of the organisation that it names."""
