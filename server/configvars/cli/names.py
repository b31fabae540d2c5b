"""Names of checks and groups on the command line, and the settings that result from them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from types import MappingProxyType

from msgspec.structs import replace

from configvars.checks.groups import DEPLOY, ON_APPS, USUAL, is_selected, known_names
from configvars.cli.errors import CannotRun
from configvars.cli.parser import did_you_mean
from configvars.settings import Settings


def split(words: Iterable[str]) -> tuple[tuple[str, ...], list[str]]:
    """The checks named by the words after `--select` or `--ignore`, and the paths that came after them.

    Names are separated by spaces or commas. Raises `CannotRun` for a word that is neither a name nor a path.
    """
    names: list[str] = []
    paths: list[str] = []
    for word in words:
        parts = [part for part in word.split(",") if part]
        unknown = [part for part in parts if part not in known_names()]
        if not unknown:
            names += parts
        elif word == "-" or os.path.exists(word):
            paths.append(word)
        else:
            raise CannotRun(unknown_check(unknown[0]))
    return tuple(names), paths


def unknown_check(name: str) -> str:
    """The message that there is no such check, with the most similar name."""
    return f"There is no check {name}. {did_you_mean(name, known_names()) or '`configvars rule` lists them.'}"


def paths_among_names(args: argparse.Namespace) -> list[str]:
    """The paths that follow `--select` and similar options, whose values end only at the next option."""
    return [path for words in (args.select, args.extend_select, args.ignore) for path in split(words)[1]]


def with_selection(settings: Settings, args: argparse.Namespace) -> Settings:
    """Settings changed by `--select`, `--extend-select`, `--ignore` and `--exclude`.

    A check that is selected by its own name runs, whatever the settings file says. `--deploy` selects the
    checks that compare the code with the apps, with their default severities, and those about what
    fails on Heroku as the settings file has them.
    """
    selected, more, ignored = (split(words)[0] for words in (args.select, args.extend_select, args.ignore))
    wanted = {*selected, *more}
    if args.deploy and not selected:
        selected = (*DEPLOY, *(name for name in ON_APPS if is_selected(name, settings)))
        wanted |= {*DEPLOY}
    kept = () if selected else tuple(name for name in settings.ignore if name not in wanted)
    severities = {
        name: word
        for name, word in settings.checks.items()
        if not (name in wanted and (args.deploy or word is None))
    }
    return replace(
        settings,
        select=(*(selected or settings.select or (USUAL,)), *more),
        ignore=(*kept, *ignored),
        checks=MappingProxyType(severities),
        exclude=(*settings.exclude, *(each for word in args.exclude for each in word.split(",") if each)),
    )


def for_deploy(settings: Settings) -> Settings:
    """Settings with which the checks of `check --deploy` run, whatever they select or ignore."""
    return replace(settings, select=(*DEPLOY, *ON_APPS), ignore=(), checks=MappingProxyType({}))
