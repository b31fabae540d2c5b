"""What Django loads besides imports: settings modules and management commands."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from configvars.cli.django_files import (
    NamedSettings,
    command_name,
    given_settings,
    is_complete,
    is_settings,
    may_run_commands,
    runs_command,
)
from configvars.cli.python_files import PythonFiles


class DjangoLoads:
    """The settings modules and management commands that a program may load.

    `command` is the text of the shell commands that start it. `has_settings`: something else may name its
    settings module, and it is not known which. `settings_of` returns what a file names.
    """

    def __init__(
        self,
        files: PythonFiles,
        root: str,
        text_of: Callable[[str], str | None],
        settings_of: Callable[[str], NamedSettings],
        command: str,
        *,
        has_settings: bool,
    ) -> None:
        self._files = files
        self._importer = os.path.join(root, "manage.py")
        self._texts = text_of
        self._settings_of = settings_of
        self._command = command
        self._given = given_settings(command)
        self._is_set = has_settings

    def more(self, seen: set[str], *, anywhere: bool) -> Iterator[str]:
        """The files that a program that loads some files may load because of them."""
        if self._is_open(seen):
            yield from self._candidates
        yield from self._module(self._given, anywhere=anywhere) if self._given else ()
        for path in seen:
            named = self._settings_of(path)
            for dotted in named.forced if self._given else named.all:
                yield from self._module(dotted, anywhere=anywhere)
        texts = [text for text in (self._command, *map(self._text_of, seen)) if may_run_commands(text)]
        for path in self._files:
            if (name := command_name(path)) and runs_command(name, texts):
                yield path

    @property
    def has_settings(self) -> bool:
        """Whether there are settings modules, so that one of them is the program's if no file names it."""
        return bool(self._candidates)

    def by_settings(self, seen: set[str], closure: Callable[[Iterable[str]], set[str]]) -> frozenset[str]:
        """The files that a program loads only with some of the settings modules that it may have.

        `closure` returns the files that the program loads if it also loads some files.
        """
        if not self._candidates or not self._is_open(seen):
            return frozenset()
        forced = [
            path
            for each in seen
            for name in self._settings_of(each).forced
            for path in self._module(name, anywhere=False)
        ]
        loaded = [closure([*forced, each]) for each in self._candidates]
        complete = [each for each in loaded if is_complete(map(self._text_of, each))] or loaded
        return frozenset(path for path in seen if not all(path in each for each in complete))

    def _text_of(self, path: str) -> str:
        return self._texts(path) or ""

    def _is_open(self, seen: Iterable[str]) -> bool:
        """Whether it is not known which settings module the program has."""
        settings = [self._settings_of(path) for path in seen]
        if any(each.is_computed for each in settings):
            return True
        if self._given or any(each.forced for each in settings):
            return False
        return self._is_set or not any(each.defaults for each in settings)

    @cached_property
    def _candidates(self) -> list[str]:
        """The files that may be settings modules of Django."""
        return [path for path in self._files if is_settings(path, self._text_of(path))]

    def _module(self, dotted: str, *, anywhere: bool) -> Iterator[str]:
        """The files of a settings module."""
        yield from self._files.found(self._importer, dotted)
        yield from self._files.elsewhere(self._importer, dotted, anywhere=anywhere)
