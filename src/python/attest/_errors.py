"""Mistakes, by class. What is not found out is no mistake: it is an undecided result."""


class Error(Exception):
    """What all have in common: one line that says what was expected and what was found."""


class UsageError(Error, ValueError):
    """Something was asked for that makes no sense: an option, a name, a combination."""


class InputError(Error, ValueError):
    """A file is not what its format promises; the message begins with the file and the place."""


class Refused(UsageError, InputError):
    """The program refused what it was asked, for one of these two reasons; its message says which."""


class Unsupported(Error, NotImplementedError):
    """The input is legal, but has a feature that this question does not handle."""


class InternalError(Error, RuntimeError):
    """A check of attest itself failed: please report it."""
