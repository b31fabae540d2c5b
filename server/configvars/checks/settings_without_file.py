"""Settings classes without an env file whose fields are set in an env file that another class loads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from configvars.checks.flask_project import deploys_to_heroku
from configvars.model import Definition, EnvFileUse, FileFacts, Place
from configvars.project import Project
from configvars.pydantic_model import SettingsClass
from configvars.resolve.env_files import is_test_file, used_files
from configvars.runs.givers import comes_by_itself
from configvars.runs.named import env_files_of, named_starts, set_before
from configvars.runs.seen_by import only_for

_IDIOM = "pydantic-settings"


class UnusedLines(Struct, frozen=True):
    """The lines of an env file for fields of a class that does not load the file, and the class that does."""

    definitions: tuple[Definition, ...]
    place: Place
    name: str
    loader: str


def unused_lines(facts: FileFacts, project: Project) -> Iterator[UnusedLines]:
    """The lines that have no effect because only settings classes load the env file."""
    classes = project.remembered("settings classes", lambda: _Classes.of(project))
    loader = classes.loaders.get(facts.path)
    if loader is None or not classes.without_file or _may_reach_the_environment(facts.path, project):
        return
    free = [each for each in facts.definitions if each.value is not None and not classes.are_told(each)]
    for path, settings in classes.without_file:
        lines = tuple(each for each in free if _is_for(each, path, settings, project))
        if lines:
            yield UnusedLines(lines, Place(path, settings.span), settings.name, loader)


class _Classes(Struct, frozen=True):
    """The settings classes of a folder, without tests.

    `without_file` load no file; `loaders` has for each env file a class that loads it. `names` and `families`
    are what the other classes read, in lower case.
    """

    without_file: tuple[tuple[str, SettingsClass], ...]
    loaders: Mapping[str, str]
    names: frozenset[str]
    families: tuple[str, ...]

    @staticmethod
    def of(project: Project) -> _Classes:
        files, root = project.index.files, project.root
        every = [
            (path, settings)
            for path, facts in sorted(files.items())
            if facts.settings and not is_test_file(path, root)
            for settings in facts.settings
        ]
        others = [settings for _, settings in every if not settings.loads_none]
        named = {settings.name for settings in others}
        loaders: dict[str, str] = {}
        for path, settings in every:
            for file in settings.files:
                for found in used_files(EnvFileUse(file, settings.span, _IDIOM), path, files, root):
                    loaders.setdefault(found, settings.name)
        return _Classes(
            tuple(one for one in every if one[1].loads_none and one[1].name not in named),
            loaders,
            frozenset(name.lower() for settings in others for name in settings.names),
            tuple({family.lower() for settings in others for family in settings.families}),
        )

    def are_told(self, definition: Definition) -> bool:
        """Whether a class that may load a file reads the variable."""
        name = definition.variable.name.lower()
        return name in self.names or name.startswith(self.families)


def _may_reach_the_environment(env_file: str, project: Project) -> bool:
    """Whether code, a runner or `flask` or `heroku local` may load the file for all code."""
    files, root = project.index.files, project.root
    if deploys_to_heroku(project) or any(facts.flask.flows for facts in files.values()):
        return True
    if any(env_file in env_files_of(project, named) for named in named_starts(project)):
        return True
    return any(
        not only_for(project, path, use) and (use.pattern or env_file in used_files(use, path, files, root))
        for path, facts in files.items()
        for use in facts.env_files
    ) or any(found.sets for facts in files.values() for found in facts.dynamic)


def _is_for(definition: Definition, path: str, settings: SettingsClass, project: Project) -> bool:
    """Whether a line sets a field of the class, and nothing else reads or sets the variable."""
    variable = definition.variable
    if not _reads(settings, variable.name):
        return False
    others = (found.reference.idiom for found in project.index.references(variable))
    return (
        all(idiom == _IDIOM for idiom in others)
        and variable.name not in set_before(project)
        and not comes_by_itself(project, path, variable)
    )


def _reads(settings: SettingsClass, name: str) -> bool:
    if settings.case_sensitive:
        return name in settings.names or name.startswith(tuple(settings.families))
    names = {each.lower() for each in settings.names}
    return name.lower() in names or name.lower().startswith(tuple(map(str.lower, settings.families)))
