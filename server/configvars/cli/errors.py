"""Why a command could not run."""

from __future__ import annotations


class CannotRun(Exception):  # noqa: N818 - what the user is told, not an error of the program
    """A command cannot run; the message is a sentence for the user and contains no text from a file."""

    status = 2


class Declined(CannotRun):
    """The user was asked and said no."""

    status = 1


class NoSuchPath(CannotRun):
    """A path on the command line does not exist; `path` is what the user wrote, `near` a path that exists."""

    def __init__(self, path: str, near: str = "") -> None:
        super().__init__(f"{path} does not exist.{f' Did you mean {near}?' if near else ''}")
        self.path = path
        self.near = near
