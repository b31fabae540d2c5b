"""`configvars completion SHELL`: the script with which a shell completes commands, options and names.

The shell starts the program with `_ARGCOMPLETE` set; then `complete` prints completions, and no command runs.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from functools import partial

from argcomplete import autocomplete
from argcomplete.shell_integration import shellcode

from configvars.cli.parser import Parser

_CHECKS = frozenset({"select", "extend_select", "ignore"})


def run(args: argparse.Namespace) -> int:
    """Print the completion script for `args.shell`; returns the exit status 0."""
    print(shellcode(["configvars"], shell=args.shell))
    return 0


def complete(parser: Parser) -> None:
    """If a shell asks for completions, print them and end the process."""
    for name, command in parser.commands.items():
        for action in command.actions:
            if action.dest in _CHECKS or (name, action.dest) == ("rule", "name"):
                vars(action)["completer"] = _checks
            elif (name, action.dest) == ("help", "name"):
                vars(action)["completer"] = partial(_commands, parser)
    autocomplete(parser, always_complete_options="long")


def _checks(**_: object) -> Iterable[str]:
    from configvars.checks.groups import known_names

    return known_names()


def _commands(top: Parser, **_: object) -> Iterable[str]:
    return top.commands
