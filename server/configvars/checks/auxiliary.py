"""Files that are not part of the program itself: their needs are not the program's needs."""

from __future__ import annotations

import os
import re
from functools import cache

from configvars.model import FileFacts
from configvars.project import Project
from configvars.runs.entries import starts_of
from configvars.runs.givers import is_test
from configvars.runs.script_writes import HELPERS

_SCRIPTS = frozenset({"shell", "makefile", "notebook"})
_ASIDE = frozenset(
    {
        *("benchmark", "benchmarks", "demo", "demos", "devtools", "doc", "docs", "example", "examples"),
        *("extern", "external", "hack", "notebooks", "sample", "samples"),
        *("third_party", "thirdparty", "_vendor", "vendor", "vendored"),
    }
)
_MAIN = re.compile(r"__name__ *== *['\"]__main__['\"]")
_BUILDING = frozenset({"fabfile.py", "noxfile.py", "setup.py"})
_INVOKE = "tasks.py"  # also the usual name for tasks of Celery, which are part of the program
_SETTINGS = frozenset({"settings"})
_CONFIGURATION = frozenset({"conf", "config", "configs", "configuration", "settings"})
_TESTS = frozenset({"test", "testing", "tests"})
_ALWAYS = frozenset(
    {"__init__.py", "base.py", "common.py", "default.py", "local.py", "dev.py", "development.py"}
)


def is_auxiliary(project: Project, facts: FileFacts) -> bool:
    """Whether a file is a test, script, tool, example or third-party code, or settings for another place."""
    *folders, name = project.inner(facts.path).lower().split("/")
    return (
        facts.kind in _SCRIPTS
        or not _ASIDE.isdisjoint(folders)
        or (not HELPERS.isdisjoint(folders) and not _is_helper(project, facts.path))
        or name in _BUILDING
        or (name == _INVOKE and "invoke" in project.code.top_modules(facts.path))
        or is_for_tests(project, facts.path)
        or is_for_elsewhere(project, facts.path)
    )


def is_for_tests(project: Project, path: str) -> bool:
    """Whether a file is a test, or a module with the configuration for tests: `testing_config.py`."""
    folders, name = os.path.split(project.inner(path).lower())
    words = set(re.split(r"[._]", name))
    of_settings = not _CONFIGURATION.isdisjoint({*words, os.path.basename(folders)})
    return is_test(project, path) or (name.endswith(".py") and of_settings and not _TESTS.isdisjoint(words))


def is_in_auxiliary_folder(path: str) -> bool:
    """Whether a path, relative to the root, is in a folder for scripts, tools, examples and similar."""
    return not (_ASIDE | HELPERS).isdisjoint(path.lower().split("/")[:-1])


def _is_helper(project: Project, path: str) -> bool:
    """Whether a file in a folder such as `tools` is part of the program: in its package, or imported by it."""
    starts = starts_of(project).importing(path)
    if not all(is_in_auxiliary_folder(project.inner(start)) or is_test(project, start) for start in starts):
        return True
    folder = os.path.dirname(path)
    while os.path.basename(folder).lower() not in HELPERS:
        folder = os.path.dirname(folder)
    package = os.path.join(os.path.dirname(folder), "__init__.py")
    return project.code.has(package) and not project.contains(path, _MAIN)


def is_for_elsewhere(project: Project, path: str) -> bool:
    """Whether a file is a settings module that nothing in the project imports or names."""
    return path in _other_settings(project)


def _other_settings(project: Project) -> frozenset[str]:
    """The modules of `settings` packages that nothing here imports or names.

    They are settings of other deployments.
    """

    def find() -> frozenset[str]:
        files = project.index.each("kind")
        settings = tuple(sorted(filter(_is_one_of_settings, files)))
        named = (_settings_named_in(project, path, settings) for path in files) if settings else ()
        return frozenset(settings).difference(*named)

    return project.answered("settings of other places", find)


def _settings_named_in(project: Project, path: str, settings: tuple[str, ...]) -> frozenset[str]:
    """Those of some modules that the text of a file names."""

    def find() -> frozenset[str]:
        text = project.text_of(path) or ""
        return frozenset(one for one in settings if _module_name(one) in text and _named(one).search(text))

    return project.code.kept_of(path, "settings that are named", settings, find)


def _is_one_of_settings(path: str) -> bool:
    folder, name = os.path.split(path)
    return os.path.basename(folder) in _SETTINGS and name.endswith(".py") and name not in _ALWAYS


def _module_name(path: str) -> str:
    return os.path.basename(path).removesuffix(".py")


@cache
def _named(path: str) -> re.Pattern[str]:
    """A pattern for how code and configuration name a module of a `settings` package."""
    name = re.escape(_module_name(path))
    return re.compile(
        rf"\bsettings[./]{name}\b|\bfrom\s+(?:[\w.]*\bsettings|\.+)\s+import\b[^\n]*\b{name}\b|\bfrom\s+\.{name}\b"
    )
