"""argparse with our own error messages: one line for each mistake, with the word that was probably meant."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from configvars.cli.errors import CannotRun

# Options of other tools, and what they are called here.
_CALLED = {
    **dict.fromkeys(("lint", "scan", "audit", "validate", "verify"), "check"),
    **dict.fromkeys(("list", "ls", "show"), "inventory"),
    **dict.fromkeys(("fetch", "get", "sync"), "pull"),
    **dict.fromkeys(("compare", "drift"), "diff"),
    **dict.fromkeys(("which", "why", "where"), "explain"),
    **dict.fromkeys(("rules", "checks"), "rule"),
    **dict.fromkeys(("example", "sample", "generate"), "template"),
    **dict.fromkeys(("setup", "install", "new"), "init"),
    **dict.fromkeys(("lsp", "serve", "language-server"), "server"),
    "version": "--version",
    "fix": "check --fix",
    "format": "check --fix",
    "deploy": "check --deploy",
}
# What an option needs that got an empty value.
_NEEDED = {
    "--app": "the name of a Heroku app",
    "--remote": "the name of a git remote",
    "--pipeline": "the name of a Heroku pipeline",
    "--process": "the name of a process in the Procfile",
    "--into": "the name of an env file",
    "--select": "the name of a check",
    "--extend-select": "the name of a check",
    "--ignore": "the name of a check",
    "--since": "a git revision",
    "--exclude": "a pattern of files",
    **dict.fromkeys(
        ("--config", "--against", "--baseline", "--output-file", "--stdin-filename"), "the name of a file"
    ),
}
# What other tools call the options.
_OPTIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("f", "fmt", "format"), ("--output-format",)),
    **dict.fromkeys(("n", "dry-run", "dryrun", "preview"), ("--dry-run", "--diff")),
    **dict.fromkeys(("write", "autofix", "apply"), ("--fix", "--into")),
    **dict.fromkeys(("force", "replace"), ("--overwrite", "--yes")),
    **dict.fromkeys(("y", "no-input", "noinput", "assume-yes", "non-interactive"), ("--yes",)),
    **dict.fromkeys(("env-file", "envfile", "env", "file", "to", "target"), ("--into",)),
    **dict.fromkeys(("base", "from", "ref", "rev", "revision", "branch", "diff-base"), ("--since",)),
    **dict.fromkeys(("strict", "severity", "level", "min-severity", "error"), ("--fail-on",)),
    **dict.fromkeys(("skip", "disable", "except"), ("--ignore", "--exclude")),
    **dict.fromkeys(("only", "rule", "rules", "checks", "enable"), ("--select",)),
    **dict.fromkeys(("r", "git-remote"), ("--remote",)),
    **dict.fromkeys(("heroku-app", "application", "name"), ("--app",)),
    **dict.fromkeys(("settings", "conf", "configuration", "c"), ("--config",)),
    **dict.fromkeys(("production", "release", "predeploy"), ("--deploy",)),
    **dict.fromkeys(("addons", "with-addons"), ("--include-addons",)),
    **dict.fromkeys(("silent", "s"), ("--quiet",)),
    **dict.fromkeys(("o", "out", "output"), ("--output-format", "--output-file", "--into")),
    **dict.fromkeys(("all", "everything"), ("--select ALL",)),
    "debug": ("--verbose",),
    "no-fail": ("--exit-zero",),
}
# Options of other tools that are settings here.
_SETTINGS = {
    **dict.fromkeys(("dotenv", "env", "env-file", "env-files", "envfile"), "env-files"),
    **dict.fromkeys(("given", "known"), "given"),
}
_NEVER = frozenset({"never", "none", "off"})
_MOST = 3
_APP = re.compile(r"[a-z][a-z0-9-]{2,29}")
_SETS = frozenset({"push", "set", "unset", "config:set"})
_REQUIRED = "the following arguments are required: "
_VALUE = re.compile(r"argument (.+): expected (?:at least )?one argument")
_WORDS = (
    (r"argument (.+): ignored explicit argument .*", r"{0} takes no value"),
    (r"argument (.+): not allowed with argument (.+)", r"{0} and {1} cannot be used together"),
    (rf"{_REQUIRED}(.+)", r"{0} is missing"),
)


class Parser(argparse.ArgumentParser):
    """The parser of the program or of a command.

    Options cannot be abbreviated: otherwise a new option could break scripts.
    """

    def __init__(self, **keywords: Any) -> None:  # noqa: ANN401 -- argparse's own
        super().__init__(allow_abbrev=False, **keywords)

    @property
    def options(self) -> list[str]:
        """The long options of this command, such as `--app`."""
        return [option for option in self._option_string_actions if option.startswith("--")]

    @property
    def every_option(self) -> list[str]:
        """The options of this command, in all spellings."""
        return list(self._option_string_actions)

    @property
    def actions(self) -> list[argparse.Action]:
        """The arguments and options of this command."""
        return self._actions

    @property
    def commands(self) -> dict[str, Parser]:
        """The parsers of the subcommands, by name."""
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 -- argparse has no other way
                return dict(action.choices)
        return {}

    def parse(self, arguments: Sequence[str] | None) -> argparse.Namespace:
        """Parse the arguments (default: those of the process). Raises `CannotRun` with a message."""
        arguments = sys.argv[1:] if arguments is None else arguments
        if arguments and arguments[0] == "help":
            arguments = [*arguments[1:2], "--help"]
        if arguments and arguments[0].startswith("-"):
            self._check_first(arguments[0].partition("=")[0])
        self._check_dashes(arguments)
        args, unknown = self.parse_known_args(arguments)
        if unknown:
            raise CannotRun(_unknown(unknown[0], self.commands[args.command], self))
        return args

    def error(self, message: str) -> NoReturn:
        """Raise an error with a one-line message, without the long usage text of argparse."""
        if found := _VALUE.fullmatch(message):
            option = found[1].rpartition("/")[2]
            message = f"{option} needs {_NEEDED.get(option, 'a value')}"
        for pattern, words in _WORDS:
            if found := re.fullmatch(pattern, message):
                message = words.format(*found.groups())
        raise CannotRun(f"{message[:1].upper()}{message[1:]}. See `{self.prog} --help`.")

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:  # noqa: ANN401 -- argparse's own
        """Reject an empty value or list: a script whose variable is empty must not run without the option."""
        if action.option_strings and not all(each.strip(",") for each in arg_strings):
            option = action.option_strings[-1]
            raise CannotRun(f"{option} needs {_NEEDED.get(option, 'a value')}, but got an empty one.")
        return super()._get_values(action, arg_strings)

    def _check_value(self, action: argparse.Action, value: str) -> None:
        if action.choices is None or value in action.choices:
            return
        choices = [str(choice) for choice in action.choices]
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 -- as above
            raise CannotRun(f"There is no command {value}. {_command_meant(value, choices)}")
        name = action.option_strings[-1] if action.option_strings else str(action.metavar)
        meant = did_you_mean(value, choices)
        if name == "--fail-on" and value in _NEVER:
            meant = "Use --exit-zero to always exit with 0."
        raise CannotRun(f"{name} must be one of {', '.join(choices)}, not {value}. {meant}".rstrip())

    def _check_dashes(self, arguments: Sequence[str]) -> None:
        """Reject a long option with one dash: `-app shop` would be `-a pp` and the path `shop`."""
        command = self.commands.get(arguments[0]) if arguments else None
        for word in arguments if command is not None else ():
            if word == "--":
                return
            if len(word) > len("-a") and word[1] != "-" and command and f"-{word}" in command.options:
                raise CannotRun(f"There is no option {word}. Did you mean -{word}?")

    def _check_first(self, option: str) -> None:
        """Report an option of a command that stands before the command, with the correct order."""
        owners = [name for name, command in self.commands.items() if option in command.every_option]
        if option not in self._option_string_actions and owners:
            raise CannotRun(f"{option} goes after the command: `{self.prog} {owners[0]} {option} …`.")
        if option not in self._option_string_actions:
            meant = option_meant(option, [self, *self.commands.values()]) or f"See `{self.prog} --help`."
            raise CannotRun(f"There is no option {option}. {meant}")


def option_meant(option: str, commands: Iterable[Parser]) -> str:
    """A question that names the option that was probably meant, or several; empty if none is similar.

    In this order: the value of another option (`--json`), what other tools call it, options that start with
    it or of which it is a part (`--out`, `--format`), and the most similar one.
    """
    actions = [action for command in commands for action in command.actions if action.option_strings]
    known = {option: action for action in actions for option in action.option_strings}
    word = option.lstrip("-").casefold()
    with_value = [
        f"{action.option_strings[-1]} {word}"
        for action in actions
        if word in (str(choice) for choice in action.choices or ())
    ]
    called = [each for each in _OPTIONS.get(word, ()) if each.partition(" ")[0] in known]
    starts = [each for each in known if each.startswith(f"--{word}") and option.startswith("--")]
    within = [each for each in known if word in each.split("-") and len(word) > 1 and option.startswith("--")]
    found = with_value[:1] or called or starts or within
    if not found and word in _SETTINGS:
        return f"It is a setting: {_SETTINGS[word]}."
    if not found:
        return did_you_mean(option, [each for each in known if each.startswith("--")])
    actions_found = {id(known.get(each)): each for each in reversed(list(dict.fromkeys(found)))}
    shown = [
        _with_short(each, known[each]) if each in known else each
        for each in reversed(list(actions_found.values()))
    ]
    return f"Did you mean {_or(shown[:_MOST])}?"


def _with_short(option: str, action: argparse.Action) -> str:
    short = [each for each in action.option_strings if not each.startswith("--")]
    return f"{option} ({short[0]})" if short and short[0] != option else option


def _or(words: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question that names the most similar known word, in any case; empty if none is similar."""
    from difflib import get_close_matches

    spelled = {each.casefold(): each for each in known}
    near = get_close_matches(word.casefold(), spelled, n=1)
    return f"Did you mean {spelled[near[0]]}?" if near else ""


def _command_meant(word: str, choices: Sequence[str]) -> str:
    if word in _SETS:
        return "configvars only reads from Heroku. `heroku config:set NAME=… --app APP` sets a config var."
    if word in _CALLED:
        return f"Did you mean {_CALLED[word]}?"
    return did_you_mean(word, choices) or f"The commands are {', '.join(choices)}."


def _unknown(word: str, command: Parser, top: Parser) -> str:
    option = word.partition("=")[0]
    if option in top.every_option:
        return f"{option} must be used without a command: `{top.prog} {option}`."
    if not option.startswith("-"):
        is_app = _APP.fullmatch(option) and "--app" in command.options
        hint = f"If it is an app, write `--app {word}`." if is_app else f"See `{command.prog} --help`."
        return f"`{command.prog}` takes no more arguments, but got {word}. {hint}"
    hint = option_meant(option, [command]) or f"See `{command.prog} --help`."
    return f"`{command.prog}` has no option {option}. {hint}"
