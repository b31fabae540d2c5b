"""The command line as argparse knows it. Nothing here imports the engine: `--help` must be quick."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NoReturn

from configvars import __version__
from configvars.cli.errors import CannotRun

OUTPUT_FORMATS = ("text", "json", "github", "sarif", "junit", "gitlab")
SEVERITIES = ("error", "warning", "information", "hint")

_EXITS = "Exit status: 0 nothing to report, 1 something was found or is left to do, 2 could not run."


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage that hides it."""

    def error(self, message: str) -> NoReturn:
        raise CannotRun(f"{message}. See `{self.prog} --help`.")


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = _Parser(
        prog="configvars",
        description="Keeps the config vars of Python web apps in step: code, env files and Heroku.",
        epilog=_EXITS,
    )
    top.add_argument("--version", action="version", version=f"configvars {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for name, (words, add_arguments) in COMMANDS.items():
        add_arguments(commands.add_parser(name, help=words, description=words, epilog=_EXITS))
    return top


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", metavar="PATH", help="folders and files (default: this folder)")
    _output(command, *OUTPUT_FORMATS)
    for option, words in (("--select", "only these checks"), ("--ignore", "not these checks")):
        command.add_argument(option, nargs="+", action="extend", default=[], metavar="NAME", help=words)
    _apps(command)
    command.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        default="warning",
        metavar="SEVERITY",
        help="exit 1 for findings of this severity or worse: error, warning (default), information, hint",
    )
    command.add_argument("--fix", action="store_true", help="mend what can be mended without a look")
    command.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found")
    command.add_argument(
        "--baseline",
        metavar="FILE",
        help="leave out the findings in FILE, an earlier `check --output-format json`",
    )


def _inventory(command: argparse.ArgumentParser) -> None:
    _folder(command)
    _output(command, "table", "json")
    _apps(command)


def _pull(command: argparse.ArgumentParser) -> None:
    command.add_argument("names", nargs="*", metavar="NAME", help="variables (default: those missing here)")
    command.add_argument("--app", metavar="NAME", help="the Heroku app (default: HEROKU_APP, or your choice)")
    command.add_argument(
        "--into", metavar="FILE", help="the env file to write (default: the one that counts)"
    )
    command.add_argument("--all", action="store_true", help="all variables of the app")
    command.add_argument("--overwrite", action="store_true", help="replace local values that differ")
    command.add_argument(
        "--include-addons", action="store_true", help="also credentials that an add-on owns and may change"
    )
    command.add_argument("--dry-run", action="store_true", help="say what would be written, write nothing")
    command.add_argument("--yes", action="store_true", help="answer every question with yes")
    _output(command, "text", "json")


def _diff(command: argparse.ArgumentParser) -> None:
    _folder(command)
    _apps(command)
    _output(command, "text", "json")


def _explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="a variable")
    _folder(command)
    _apps(command)
    _output(command, "text", "json")


def _rule(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help="a check (default: list all)")
    _output(command, "text", "json")


def _server(command: argparse.ArgumentParser) -> None:
    command.add_argument("--stdio", action="store_true", help="accepted and the only way there is")


def _folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("path", nargs="?", metavar="PATH", help="a folder (default: the project you are in)")


def _apps(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--app",
        dest="apps",
        action="append",
        default=[],
        metavar="NAME",
        help="a Heroku app to ask, once for each (default: HEROKU_APP, if set)",
    )


def _output(command: argparse.ArgumentParser, *formats: str) -> None:
    words = f"{formats[0]} (default), {', '.join(formats[1:])}"
    command.add_argument("--output-format", choices=formats, default=formats[0], metavar="FORMAT", help=words)


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "check": ("Find what is missing, unused or wrong.", _check),
    "inventory": ("List every variable: who reads it, who gives it.", _inventory),
    "pull": ("Write config vars of a Heroku app into an env file.", _pull),
    "diff": ("Compare code, env files and Heroku apps: names and states, never values.", _diff),
    "explain": ("Tell where one variable comes from, and when.", _explain),
    "rule": ("Tell what a check finds and why.", _rule),
    "server": ("Serve an editor over stdin and stdout (LSP).", _server),
}
