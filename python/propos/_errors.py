"""Errors of propos that Python has no name for."""


class InternalError(RuntimeError):
    """A defect in propos itself: please report it with the text that shows it."""
