"""The commands and their options. This module does not import the engine, so that `--help` is fast."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from configvars import __version__
from configvars.cli.named import PipelineName, RemoteName
from configvars.cli.parser import Parser

OUTPUT_FORMATS = ("text", "concise", "json", "github", "sarif", "junit", "gitlab", "markdown")
SHELLS = ("bash", "zsh", "fish", "powershell")
SEVERITIES = ("error", "warning", "information", "hint")

_EXITS = "Exit status: 0 for success; 1 if a command found something; 2 if it could not run."
# What status 1 means for a command; those that are not listed never end with it.
_ONE = {
    "check": "there is a finding at or above --fail-on",
    "pull": "a variable that you named was not written, or you answered no",
    "diff": "something is missing",
    "explain": "the variable is not known",
    "template": "--check or --diff found something to add",
    "init": "something is left to do, or you answered no",
}


def parser() -> Parser:
    """All commands and their options."""
    top = Parser(
        prog="configvars",
        description="Finds the environment variables of Python web apps in code, env files and on Heroku.",
        epilog=_EXITS,
    )
    top.add_argument("-V", "--version", action="version", version=f"configvars {__version__}")
    commands = top.add_subparsers(
        prog=top.prog, dest="command", metavar="COMMAND", required=True, parser_class=Parser
    )
    for name, (words, add_arguments) in COMMANDS.items():
        one = f" 1 if {_ONE[name]};" if name in _ONE else ""
        exits = f"Exit status: 0 for success;{one} 2 if it could not run."
        add_arguments(commands.add_parser(name, help=words, description=words, epilog=exits))
    return top


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", nargs="*", metavar="PATH", help="folders and files (default: this folder); - reads stdin"
    )
    command.add_argument(
        "--stdin-filename", metavar="FILE", help="with PATH -: the file name to use for the text on stdin"
    )
    _selection(command.add_argument_group("which checks and files"))
    _settings(command.add_argument_group("settings"))
    _gate(command.add_argument_group("Heroku and deploys"))
    fixing = command.add_argument_group("fixes").add_mutually_exclusive_group()
    fixing.add_argument(
        "--fix", action="store_true", help="apply the fixes that do not change how a program behaves"
    )
    fixing.add_argument(
        "--diff", action="store_true", help="show what --fix would change, with values masked; write nothing"
    )
    report = command.add_argument_group("report and exit status")
    _output(report, *OUTPUT_FORMATS)
    _file(report)
    report.add_argument(
        "--statistics", action="store_true", help="show the number of findings for each check"
    )
    loud = report.add_mutually_exclusive_group()
    loud.add_argument("-q", "--quiet", action="store_true", help="print only the findings")
    loud.add_argument(
        "-v", "--verbose", action="store_true", help="also print which settings and files are used"
    )
    report.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        default="warning",
        metavar="SEVERITY",
        help="exit 1 for findings of this severity or worse: error, warning (default), information, hint",
    )
    report.add_argument("--exit-zero", action="store_true", help="exit with 0 even if there are findings")
    report.add_argument(
        "--baseline",
        metavar="FILE",
        help="do not report the findings in FILE, the output of an earlier `check --output-format json`",
    )


def _selection(group: argparse._ArgumentGroup) -> None:
    for option, words in (
        ("--select", "run only these checks or groups; ALL for all"),
        ("--extend-select", "run these as well, in addition to the settings"),
        ("--ignore", "do not run these checks or groups"),
    ):
        group.add_argument(option, nargs="+", action="extend", default=[], metavar="NAME", help=words)
    # One value each: a path that follows must not be read as another pattern.
    group.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="PATTERN",
        help="skip these files and folders (patterns as in .gitignore); repeat the option or use commas",
    )


def _settings(group: argparse._ActionsContainer) -> None:
    either = group.add_mutually_exclusive_group()
    either.add_argument(
        "--config",
        metavar="FILE",
        help="use this configvars.toml or pyproject.toml instead of the project's own",
    )
    either.add_argument("--isolated", action="store_true", help="use no settings file")


def _gate(group: argparse._ArgumentGroup) -> None:
    _apps(group)
    group.add_argument(
        "--deploy",
        action="store_true",
        help="check whether the code can be deployed: what an app lacks is an error; ignores local env files",
    )
    group.add_argument(
        "--process",
        dest="processes",
        action="append",
        default=[],
        metavar="NAME",
        help="with --deploy: check only the code that these Procfile processes load (web,worker,release)",
    )
    either = group.add_mutually_exclusive_group()
    either.add_argument(
        "--since",
        metavar="REVISION",
        help="report only variables that the code did not need in this git revision",
    )
    either.add_argument(
        "--against",
        metavar="FILE",
        help="like --since, but compare with the output of an earlier `inventory --output-format json`",
    )


def _inventory(command: argparse.ArgumentParser) -> None:
    _folder(command)
    _report(command, "table", "json")
    _apps(command)


def _pull(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="variables to pull (default: those that the code reads and that are missing here)",
    )
    # Repeated options are reported as a mistake; otherwise the last one would win without a message.
    for option, kind, words in (
        (
            ("-a", "--app"),
            str,
            "the Heroku app (default: HEROKU_APP, or the app chosen for this folder)",
        ),
        (("--remote",), RemoteName, "the Heroku app of a git remote"),
    ):
        command.add_argument(
            *option, dest="apps", type=kind, action="append", default=[], metavar="NAME", help=words
        )
    command.add_argument("--into", metavar="FILE", help="the env file to write (default: .env)")
    command.add_argument("--all", action="store_true", help="pull all variables of the app")
    command.add_argument("--overwrite", action="store_true", help="replace local values that differ")
    command.add_argument(
        "--include-addons",
        action="store_true",
        help="also pull credentials that an add-on owns and may change",
    )
    command.add_argument(
        "--dry-run", action="store_true", help="print what would be written, but write nothing"
    )
    command.add_argument(
        "--yes",
        action="store_true",
        help="answer yes to every question that is asked in a terminal: about the app, a file that git could"
        " publish, the local value of a variable that you name (other values are replaced only with"
        " --overwrite), a live key, credentials of an add-on, and the file that a link leads to (unless git"
        " tracks the link)",
    )
    _output(command, "text", "json")


def _diff(command: argparse.ArgumentParser) -> None:
    _folder(command)
    _apps(command)
    _report(command, "text", "json")


def _explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="a variable")
    _folder(command)
    _apps(command)
    _report(command, "text", "json")


def _template(command: argparse.ArgumentParser) -> None:
    _folder(command)
    either = command.add_mutually_exclusive_group()
    either.add_argument("--into", metavar="FILE", help="the template to complete (default: .env.example)")
    either.add_argument(
        "--app-json", action="store_true", help="complete the `env` of app.json with what the code requires"
    )
    preview = command.add_mutually_exclusive_group()
    preview.add_argument("--check", action="store_true", help="write nothing; exit 1 if something is missing")
    preview.add_argument("--diff", action="store_true", help="like --check, and show what would be written")


def _init(command: argparse.ArgumentParser) -> None:
    command.add_argument("path", nargs="?", metavar="PATH", help="a folder (default: the project you are in)")
    either = command.add_mutually_exclusive_group()
    either.add_argument("--yes", action="store_true", help="write all of it without asking")
    either.add_argument("--diff", action="store_true", help="show what would be written; write nothing")


def _rule(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "name", nargs="?", metavar="NAME", help="a check, or a group of them (default: list all)"
    )
    _report(command, "text", "json")


def _server(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--stdio", action="store_true", help="accepted for compatibility: stdin and stdout are always used"
    )


def _completion(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))


def _help(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", metavar="COMMAND", help="a command (default: list all)")


def _folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("path", nargs="?", metavar="PATH", help="a folder (default: the project you are in)")
    _settings(command)


def _apps(command: argparse._ActionsContainer) -> None:
    command.add_argument(
        "-a",
        "--app",
        dest="apps",
        action="append",
        default=[],
        metavar="NAME",
        help="a Heroku app to compare with; can be repeated (default: HEROKU_APP, if set)",
    )
    for option, kind, words in (
        ("--remote", RemoteName, "the Heroku app of a git remote; can be repeated"),
        ("--pipeline", PipelineName, "the Heroku apps of a pipeline, in the order of its stages"),
    ):
        command.add_argument(
            option, dest="apps", type=kind, action="append", default=[], metavar="NAME", help=words
        )


def _report(command: argparse._ActionsContainer, *formats: str) -> None:
    _output(command, *formats)
    _file(command)


def _file(command: argparse._ActionsContainer) -> None:
    command.add_argument(
        "-o", "--output-file", metavar="FILE", help="write the report to FILE instead of stdout"
    )


def _output(command: argparse._ActionsContainer, *formats: str) -> None:
    words = f"{formats[0]} (default), {', '.join(formats[1:])}"
    command.add_argument("--output-format", choices=formats, default=formats[0], metavar="FORMAT", help=words)


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "check": ("Find variables that are missing, unused or wrong.", _check),
    "inventory": ("List every variable, where it is read and where it is set.", _inventory),
    "pull": ("Write config vars of a Heroku app into an env file.", _pull),
    "diff": ("Compare the variables of code, env files and Heroku apps, without their values.", _diff),
    "explain": ("Show which file sets a variable, for each way to run the app.", _explain),
    "template": ("Write or complete .env.example, or the `env` of app.json, from the code.", _template),
    "init": ("Set up a project: settings, template, .gitignore and pre-commit hook.", _init),
    "rule": ("Explain what a check finds and why it matters.", _rule),
    "server": ("Run the language server (LSP) on stdin and stdout.", _server),
    "completion": ("Print the completion script of a shell.", _completion),
    "help": ("Show how to use a command.", _help),
}
