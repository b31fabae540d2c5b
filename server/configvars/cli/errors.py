"""Why a command could not run."""

from __future__ import annotations


class CannotRun(Exception):  # noqa: N818 - what the user is told, not an error of the program
    """A command cannot run; the message is a sentence for the user and contains no text from a file."""

    status = 2


class Declined(CannotRun):
    """The user was asked and said no."""

    status = 1
