"""ignored-config-key: Flask does not load a name that is not upper case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from configvars.catalog.flask_keys import flask_key
from configvars.checks.base import Check
from configvars.checks.flask_project import steps_of
from configvars.checks.subjects import Subject
from configvars.flask.files import ignored_in_file
from configvars.flask_model import ConfigFeed, ConfigKey, ConfigObject
from configvars.model import Example, FileEdit, FileFacts, Finding, Fix, Place, Severity, TextEdit, Variable
from configvars.project import Project
from configvars.text import Mark

NAME = "ignored-config-key"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    loaded = {definition.span for definition in facts.definitions}
    for one in facts.flask.objects:
        if any(key.span in loaded for key in one.keys) or (
            one.ignored and one.name and one.home in _fed(project)
        ):
            yield from (_finding(facts, key) for key in one.ignored if _is_meant(project, one, key))
        yield from (_of_property(facts, one, key) for key in _unmade_properties(one, project))
    yield from _in_files(facts, project)
    for _, step in steps_of(facts):
        if step.method == "from_mapping":
            wrong = (key for key in step.feed.keys if not key.name.isupper() and key.place.path == facts.path)
            yield from (_finding(facts, key) for key in wrong if key.name.upper().isupper())


def _fed(project: Project) -> frozenset[Mark]:
    """The classes that are loaded into a configuration, and their base classes."""

    def find() -> frozenset[Mark]:
        return _with_bases((home for feed in _feeds(project) for home in feed.classes), project)

    return project.answered("classes loaded into a configuration", find)


def _feeds(project: Project) -> list[ConfigFeed]:
    return [step.feed for facts in project.index.files.values() for _, step in steps_of(facts)]


def _unmade_properties(one: ConfigObject, project: Project) -> Iterator[ConfigKey]:
    """The properties of a class that is loaded itself, and of which no instance is loaded."""
    if not one.properties:
        return
    feeds = _feeds(project)
    is_told = not any(feed.parameters for feed in feeds)
    loaded = _with_bases((home for feed in feeds for home in feed.classes if home not in feed.made), project)
    made = _with_bases((home for feed in feeds for home in feed.made), project)
    if is_told and one.home in loaded and one.home not in made:
        yield from (key for key in one.properties if _is_key(project, key.name))


def _of_property(facts: FileFacts, one: ConfigObject, key: ConfigKey) -> Finding:
    message = (
        f"{key.name} is a property: from_object({one.name}) stores the property object, not its value. "
        f"Pass an instance: from_object({one.name}())"
    )
    return Finding(NAME, Severity.WARNING, message, facts.path, key.span, Variable("flask", key.name))


def _with_bases(homes: Iterable[Mark], project: Project) -> frozenset[Mark]:
    files = project.index.files.values()
    bases = {one.home: one.bases for facts in files for one in facts.flask.objects}
    waiting = list(homes)
    found: set[Mark] = set()
    while waiting:
        home = waiting.pop()
        if home not in found:
            found.add(home)
            waiting += [base for base in bases.get(home, ()) if isinstance(base, Mark)]
    return frozenset(found)


def _in_files(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """Findings for the keys of a file that `from_file` loads, placed at the call."""
    for flow, step in steps_of(facts):
        for key in ignored_in_file(project, facts.path, flow, step):
            name, file = key.name, project.relative(key.path)
            message = f"Flask loads only upper-case names, so {name} in {file} is ignored"
            related = ((Place(key.path, key.span), "This name is not in upper case"),)
            variable = Variable("flask", name)
            yield Finding(NAME, Severity.WARNING, message, facts.path, step.span, variable, related=related)


def _is_meant(project: Project, one: ConfigObject, key: ConfigKey) -> bool:
    """Whether a name in a class or module is meant as a key: its upper-case form is known or used."""
    name = key.name.upper()
    return not any(other.name == name for other in one.keys) and _is_key(project, name)


def _is_key(project: Project, name: str) -> bool:
    """Whether Flask, an extension or code reads a key of this name."""
    is_used = next(project.index.references(Variable("flask", name)), None) is not None
    return is_used or flask_key(name) is not None


def _finding(facts: FileFacts, key: ConfigKey) -> Finding:
    upper = key.name.upper()
    edit = FileEdit(facts.path, (TextEdit(key.span, upper),))
    return Finding(
        NAME,
        Severity.WARNING,
        f"Flask loads only upper-case names, so {key.name} is ignored",
        facts.path,
        key.span,
        Variable("flask", key.name),
        (Fix(f"Rename to {upper}", (edit,), preferred=True),),
    )


_APP = "from flask import Flask\napp = Flask(__name__)\n"

_PROPERTY = "class C:\n    @property\n    def TESTING(self):\n        return True\n"

IGNORED_CONFIG_KEY = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="Flask ignores a configuration key that is not upper case.",
    what="""\
A name that is not upper case, in a class, module or file from which Flask loads its configuration, or as a
key passed to `from_mapping`. A TOML or JSON file loaded by `from_file` is reported at that call. In classes
and modules, a name is reported only if its upper-case form is a known key or is used elsewhere, and the
file uses the name nowhere else; other lower-case names are treated as helpers.
Reported as well: a property of a class that is loaded as it is, without an instance.""",
    why="""\
`from_object`, `from_mapping` and `from_pyfile` keep the names for which `str.isupper()` is true and
silently drop the others. `from_object(Config)` takes the attributes of the class, so a property is stored
as a property object; `from_object(Config())` stores its value.""",
    run=_run,
    about=Subject.OBJECTS | Subject.STEPS,
    silent=(
        Example(
            f"{_APP}class C:\n    A = 1\n    basedir = '/'\napp.config.from_object(C)\n", note="a helper"
        ),
        Example(
            f"{_APP}class C:\n    debug = True\n    DEBUG = debug\napp.config.from_object(C)\n",
            note="used in the file",
        ),
        Example(f"{_APP}class C:\n    A = 1\n    debug = True\n", note="a class that is not loaded"),
        Example(f"{_APP}class C:\n    name = 1\napp.config.from_object(C)\n", note="not a known key"),
        Example(
            f"-- app.py --\n{_APP}import json\napp.config.from_file('a.json', load=json.load)\n"
            '-- a.json --\n{"A": {"lower": 1}}\n',
        ),
        Example(f"{_APP}class C:\n    def testing(self): ...\napp.config.from_object(C)\n", note="a method"),
        Example(
            f"-- app.py --\n{_APP}app.config.from_pyfile('.env')\n-- .env --\ndebug=True\n",
            note="other programs may read an env file",
        ),
        Example(f"{_APP}{_PROPERTY}app.config.from_object(C())\n", note="an instance"),
        Example(
            f"{_APP}{_PROPERTY}def create_app(config=C):\n    app.config.from_object(config)\n",
            note="a caller may pass an instance",
        ),
        Example(
            f"{_APP}{_PROPERTY.replace('@property', '@classmethod')}app.config.from_object(C)\n",
            note="not a property",
        ),
        Example(
            f"{_APP}{_PROPERTY.replace('TESTING', 'TESTS')}app.config.from_object(C)\n", note="not a key"
        ),
        Example(
            f"{_APP}app.config['debug_color'] = 1\napp.config.update(color=2)\n",
            note="assignment and `update` keep lower-case keys",
        ),
    ),
    examples=(
        Example(
            f"{_APP}{_PROPERTY}app.config.from_object(C)\n",
            (
                "app.py:5:9 warning TESTING is a property: from_object(C) stores the property object, not its value. Pass an instance: from_object(C())",
            ),
            note="the class, not an instance",
        ),
        Example(
            f"{_APP}class C:\n    A = 1\n    Debug = True\napp.config.from_object(C)\n",
            (
                "app.py:5:5 warning Flask loads only upper-case names, so Debug is ignored [fix: Rename to DEBUG]",
            ),
        ),
        Example(
            f"{_APP}class C:\n    secret_key = 'x'\napp.config.from_object(C)\n",
            (
                "app.py:4:5 warning Flask loads only upper-case names, so secret_key is ignored [fix: Rename to SECRET_KEY]",
            ),
            note="a class with no key at all",
        ),
        Example(
            f"-- app.py --\n{_APP}import tomllib\napp.config.from_file('a.toml', load=tomllib.load, text=False)\n"
            "-- a.toml --\nA = 1\ncolor = 'red'\n",
            (
                "app.py:4:1 warning Flask loads only upper-case names, so color in a.toml is ignored [see a.toml:2:1: This name is not in upper case]",
            ),
        ),
        Example(
            f"{_APP}app.config.from_mapping(Secret_Key='x', A=1)\n",
            (
                "app.py:3:25 warning Flask loads only upper-case names, so Secret_Key is ignored [fix: Rename to SECRET_KEY]",
            ),
        ),
        Example(
            f"{_APP}class C:\n    secret_key = 'x'\n    Testing = True\nclass D(C): pass\napp.config.from_object(D)\n",
            (
                "app.py:4:5 warning Flask loads only upper-case names, so secret_key is ignored [fix: Rename to SECRET_KEY]",
                "app.py:5:5 warning Flask loads only upper-case names, so Testing is ignored [fix: Rename to TESTING]",
            ),
            note="a class without any key in upper case",
        ),
        Example(
            f"{_APP}app.config.from_pyfile('shop.cfg')\napp.config['SHOP_NAME']\n"
            "-- shop.cfg --\nSECRET_KEY = 'x'\nshop_name = 'x'\n".replace(
                "from flask", "-- app.py --\nfrom flask", 1
            ),
            (
                "shop.cfg:2:1 warning Flask loads only upper-case names, so shop_name is ignored [fix: Rename to SHOP_NAME]",
            ),
        ),
    ),
)
