"""The commands and their options. Nothing here imports the engine: `--help` must be quick."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from configvars import __version__
from configvars.cli.named import PipelineName, RemoteName
from configvars.cli.parser import Parser

OUTPUT_FORMATS = ("text", "concise", "json", "github", "sarif", "junit", "gitlab", "markdown")
SHELLS = ("bash", "zsh", "fish", "powershell")
SEVERITIES = ("error", "warning", "information", "hint")

_EXITS = "Exit status: 0 nothing to report, 1 something was found or is left to do, 2 could not run."


def parser() -> Parser:
    """All commands and their options."""
    top = Parser(
        prog="configvars",
        description="Keeps the config vars of Python web apps in step: code, env files and Heroku.",
        epilog=_EXITS,
    )
    top.add_argument("-V", "--version", action="version", version=f"configvars {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)
    for name, (words, add_arguments) in COMMANDS.items():
        add_arguments(commands.add_parser(name, help=words, description=words, epilog=_EXITS))
    return top


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", nargs="*", metavar="PATH", help="folders and files (default: this folder); - reads stdin"
    )
    command.add_argument(
        "--stdin-filename", metavar="FILE", help="the file that the text on stdin (PATH -) stands for"
    )
    _selection(command.add_argument_group("which checks and files"))
    _settings(command.add_argument_group("settings"))
    _gate(command.add_argument_group("Heroku and deploys"))
    fixing = command.add_argument_group("fixes").add_mutually_exclusive_group()
    fixing.add_argument(
        "--fix", action="store_true", help="make the changes that alter no program's behaviour"
    )
    fixing.add_argument(
        "--diff", action="store_true", help="show what --fix would change, values masked; write nothing"
    )
    report = command.add_argument_group("report and exit status")
    _output(report, *OUTPUT_FORMATS)
    report.add_argument("-o", "--output-file", metavar="FILE", help="write the report to FILE, not to stdout")
    report.add_argument("--statistics", action="store_true", help="how many findings each check has")
    loud = report.add_mutually_exclusive_group()
    loud.add_argument("-q", "--quiet", action="store_true", help="the findings and nothing else")
    loud.add_argument("-v", "--verbose", action="store_true", help="also say what is read, and from where")
    report.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        default="warning",
        metavar="SEVERITY",
        help="exit 1 for findings of this severity or worse: error, warning (default), information, hint",
    )
    report.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found")
    report.add_argument(
        "--baseline",
        metavar="FILE",
        help="leave out the findings in FILE, an earlier `check --output-format json`",
    )


def _selection(group: argparse._ArgumentGroup) -> None:
    for option, words in (
        ("--select", "only these checks or groups; ALL for all"),
        ("--extend-select", "these as well, whatever the settings say"),
        ("--ignore", "not these checks or groups"),
    ):
        group.add_argument(option, nargs="+", action="extend", default=[], metavar="NAME", help=words)
    # One word each: a path that follows must not be taken for another pattern.
    group.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="PATTERN",
        help="files and folders not to look at, written as in .gitignore, once for each or with commas",
    )


def _settings(group: argparse._ActionsContainer) -> None:
    either = group.add_mutually_exclusive_group()
    either.add_argument(
        "--config", metavar="FILE", help="a configvars.toml or pyproject.toml in place of the project's own"
    )
    either.add_argument("--isolated", action="store_true", help="use no settings file")


def _gate(group: argparse._ArgumentGroup) -> None:
    _apps(group)
    group.add_argument(
        "--deploy",
        action="store_true",
        help="can this be deployed to the apps? What one lacks is an error; env files here do not matter",
    )
    group.add_argument(
        "--process",
        dest="processes",
        action="append",
        default=[],
        metavar="NAME",
        help="with --deploy: only what these processes of the Procfile load (web,worker,release)",
    )
    either = group.add_mutually_exclusive_group()
    either.add_argument(
        "--since", metavar="REVISION", help="only variables that the code did not need in this git revision"
    )
    either.add_argument(
        "--against", metavar="FILE", help="the same, against an earlier `inventory --output-format json`"
    )


def _inventory(command: argparse.ArgumentParser) -> None:
    _folder(command)
    _output(command, "table", "json")
    _apps(command)


def _pull(command: argparse.ArgumentParser) -> None:
    command.add_argument("names", nargs="*", metavar="NAME", help="variables (default: those missing here)")
    # Given more than once, they are answered with what is wrong, and the last one does not win in silence.
    for option, kind, words in (
        ("--app", str, "the Heroku app (default: HEROKU_APP, or your choice)"),
        ("--remote", RemoteName, "the Heroku app of a git remote"),
    ):
        command.add_argument(
            option, dest="apps", type=kind, action="append", default=[], metavar="NAME", help=words
        )
    command.add_argument(
        "--into", metavar="FILE", help="the env file to write (default: the one that counts)"
    )
    command.add_argument("--all", action="store_true", help="all variables of the app")
    command.add_argument("--overwrite", action="store_true", help="replace local values that differ")
    command.add_argument(
        "--include-addons", action="store_true", help="also credentials that an add-on owns and may change"
    )
    command.add_argument("--dry-run", action="store_true", help="say what would be written, write nothing")
    command.add_argument(
        "--yes",
        action="store_true",
        help="answer yes to every question: where git could publish the file, a local value is replaced,"
        " or the app is a production app",
    )
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


def _completion(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))


def _help(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", metavar="COMMAND", help="a command (default: list all)")


def _folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("path", nargs="?", metavar="PATH", help="a folder (default: the project you are in)")
    _settings(command)


def _apps(command: argparse._ActionsContainer) -> None:
    command.add_argument(
        "--app",
        dest="apps",
        action="append",
        default=[],
        metavar="NAME",
        help="a Heroku app to ask, once for each (default: HEROKU_APP, if set)",
    )
    for option, kind, words in (
        ("--remote", RemoteName, "the Heroku app of a git remote, once for each"),
        ("--pipeline", PipelineName, "the Heroku apps of a pipeline, in the order of its stages"),
    ):
        command.add_argument(
            option, dest="apps", type=kind, action="append", default=[], metavar="NAME", help=words
        )


def _output(command: argparse._ActionsContainer, *formats: str) -> None:
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
    "completion": ("Print the completion script of a shell.", _completion),
    "help": ("Tell how a command is used.", _help),
}
