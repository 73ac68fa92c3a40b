"""Why a session or a job's key is refused; each reason has its own name."""

from safeconduct.casefile.errors import SafeconductError


class SessionRefused(SafeconductError):
    """Nobody is signed in by this token; each subclass says why."""


class SessionUnknown(SessionRefused):
    """There is no session of this token: never begun, or removed long ago."""


class SessionEnded(SessionRefused):
    """The session was ended: signed out, here or everywhere."""


class SessionIdle(SessionRefused):
    """Nothing was done in it for too long."""


class SessionOver(SessionRefused):
    """It began too long ago."""


class SessionOfOtherBoot(SessionRefused):
    """The stored session does not open: the server was started again, or the row was altered."""


class JobKeyRefused(SafeconductError):
    """The job gets no key; each subclass says why."""

    exit_code = 3


class JobKeyNotForThisWorker(JobKeyRefused):
    """Sealed to another worker key, as it is after each start: the job needs its user again."""


class JobKeyDamaged(JobKeyRefused):
    """Inside the box is no job's key."""


class JobKeyForeign(JobKeyRefused):
    """The key was given for another job, another case or another compartment."""


class JobKeyLate(JobKeyRefused):
    """The time of the key is over."""


class JobKeyNotYet(JobKeyRefused):
    """The key is dated later than now."""


class JobKeyForged(JobKeyRefused):
    """Nobody whose signature counts gave it, or the signature is not theirs."""


class JobKeyUsed(JobKeyRefused):
    """The worker took this key before: a job runs once."""
