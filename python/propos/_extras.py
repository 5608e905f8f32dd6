"""Optional libraries: one way to say which command installs what is missing."""


def missing(library: str, extra: str) -> ImportError:
    """The error for a library that is not installed: it says the command.

    Args:
        library: name of the library.
        extra: the extra of propos that brings it.

    Example:
        >>> print(missing("pandas", "pandas"))
        pandas is not installed: pip install 'propos[pandas]'
    """
    return ImportError(f"{library} is not installed: pip install 'propos[{extra}]'", name=library)
