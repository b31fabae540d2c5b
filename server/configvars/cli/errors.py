"""Why a command could not run."""

from __future__ import annotations


class CannotRun(Exception):  # noqa: N818 - what the user is told, not an error of the program
    """A sentence for the user, with the next step where there is one; never anything from a file's text."""

    status = 2


class Declined(CannotRun):
    """The user was asked, and said no."""

    status = 1
