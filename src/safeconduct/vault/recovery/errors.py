"""Why a way back to somebody's keys is refused; each reason has its own name."""

from safeconduct.casefile.errors import SafeconductError


class RecoveryRefused(SafeconductError):
    """Nothing is opened; each subclass says why."""

    exit_code = 3


class GroupMistyped(RecoveryRefused):
    """A group of a printed key was copied wrongly; its number (from 1) is said, not its letters."""

    def __init__(self, group: int) -> None:
        super().__init__(f"group {group} was not copied as it is printed")
        self.group = group


class PaperMistyped(RecoveryRefused):
    """What was typed has not the length or the letters of a printed key."""


class NotSaved(RecoveryRefused):
    """What was typed again is not what is printed; nothing was sealed under this key."""


class PaperWrong(RecoveryRefused):
    """The printed key is another one than this record was sealed under."""


class RecoveryForeign(RecoveryRefused):
    """The record is another person's, or of another version of their keys."""


class RecoveryReplaced(RecoveryRefused):
    """The record is an old one: it was replaced, and what opens it must open nothing."""


class EscrowDamaged(RecoveryRefused):
    """Inside the boxes is no escrow."""


class EscrowForged(RecoveryRefused):
    """The escrow is not signed by the person whose keys it claims to hold."""


class NotThisCustodian(RecoveryRefused):
    """The box does not open with these keys: another custodian's turn, or one that is none."""


class PairNotNamed(RecoveryRefused):
    """The two are not those whom the request names, or not in that order."""


class RequestForged(RecoveryRefused):
    """A request, delivery or cancellation that is not signed by whom it names."""


class RequestForeign(RecoveryRefused):
    """A delivery or cancellation of another request."""


class NoticeNotDelivered(RecoveryRefused):
    """The person whose keys are asked for has not been told yet; the wait has not begun."""


class WaitNotOver(RecoveryRefused):
    """The waiting period still runs; from when it is over is said (seconds)."""

    def __init__(self, until: int) -> None:
        super().__init__(f"not before {until}")
        self.until = until


class RequestCancelled(RecoveryRefused):
    """The person whose keys are asked for has said no."""


class RequestLapsed(RecoveryRefused):
    """The time in which the request could be carried out is over."""


class RequestSpent(RecoveryRefused):
    """The request was carried out already; another opening needs another request."""


class StepMisdated(RecoveryRefused):
    """A step says that it is of another moment than the one at which it is written down."""
