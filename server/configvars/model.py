"""The types of the program: variables, where they are read and set, and findings.

Frozen data without dependencies on a parser, an editor or a disk. A `path` is an absolute path of the
operating system as `str`; a `Span` counts code points of that file's text.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from msgspec import Struct, field

from configvars.flask_model import NO_FLASK, FlaskFacts
from configvars.flow_model import Flow
from configvars.pydantic_model import SettingsClass, SettingsLineage
from configvars.run_model import By as By
from configvars.run_model import EnvFileUse as EnvFileUse
from configvars.run_model import PresetVariable as PresetVariable
from configvars.run_model import Start as Start
from configvars.secret import Secret
from configvars.text import Mark, Span
from configvars.text import Place as Place
from configvars.unread_model import ReadAs as ReadAs
from configvars.unread_model import RefusedByPython as RefusedByPython
from configvars.unread_model import Unread as Unread

Scope = Literal["env", "flask"]


class Variable(Struct, frozen=True, order=True):
    """A variable's identity. `os.environ["X"]` is scope `env`, `app.config["X"]` is scope `flask`."""

    scope: Scope
    name: str


class Access(StrEnum):
    """What a reference does with its variable."""

    READ = "read"
    WRITE = "write"
    TEST = "test"


class Need(StrEnum):
    """How much the code that reads a variable depends on it."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    DEFAULTED = "defaulted"
    GUARDED = "guarded"


class Severity(StrEnum):
    """The severity of a finding, the most severe first."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return list(Severity).index(self)


class Reference(Struct, frozen=True):
    """A place that reads, tests or writes a variable.

    `span` is the name as written, inside the quotes; for a name held in a constant, the use of the constant,
    with `written_at` at the literal. `via` is the read inside a wrapper that this call reaches. Both are
    marks, because they can be in other files: `Project.place` returns their current places. `need` is None
    unless `access` is READ. `switch` names the variable that decides whether a required read happens at all:
    `if USE_S3: os.environ["BUCKET"]`. `instead` names variables of which any one can be set instead. `flow`
    is how its file uses the string. `needs_write`: it is guarded only because its file sets the variable
    before, and would be required otherwise. `files`: only these env files can set what is read. `exact`: the
    settings class distinguishes case, as most readers do, but not those of settings classes.
    `empty_fails`: the code raises or exits because the value is empty. `needed_with` is a prefix of
    variables: if one of them is set, the code fails without this one; `any_with` is one of which any variable
    can be set instead.
    """

    variable: Variable
    span: Span
    idiom: str
    access: Access = Access.READ
    need: Need | None = None
    written_at: Mark | None = None
    via: Mark | None = None
    switch: str | None = None
    instead: tuple[str, ...] = ()
    flow: Flow | None = None
    needs_write: bool = False
    files: tuple[EnvFileUse, ...] = ()
    exact: bool = False
    empty_fails: bool = False
    needed_with: str = ""
    any_with: str = ""

    @property
    def passed_to(self) -> str:
        """The path of the function to which only the read is passed, such as `builtins.int`.

        Otherwise empty.
        """
        return self.flow.passed_to if self.flow is not None else ""


class DynamicReference(Struct, frozen=True):
    """A read or write of a variable whose name is not known; `span` is the expression for the name.

    `sets`: the variable is set afterwards.
    """

    span: Span
    idiom: str
    sets: bool = False


class Definition(Struct, frozen=True):
    """A place that sets a variable, or (`declaration`) lists it.

    `span` is the name as written. `kind` is the registered name of the source: `dotenv`, `app.json`,
    `flask-config` and so on. `value` is the value in an env file, None if there is none. `statement` is the
    span to delete together with the definition; `comment` is its description in the file. `required` is the
    entry in app.json, None if there is none.
    """

    variable: Variable
    span: Span
    kind: str
    declaration: bool = False
    value: Secret | None = None
    value_span: Span | None = None
    statement: Span | None = None
    comment: str = ""
    required: bool | None = None


class AddonUse(Struct, frozen=True):
    """An add-on that one of Heroku's files lists: `service` is `heroku-postgresql`, without its plan.

    `attached_as` is its attachment name, the prefix of its config vars; `plan` and `span` are the plan as
    written, such as `heroku-postgresql:mini`.
    """

    service: str
    span: Span
    attached_as: str | None = None
    plan: str = ""


class Problem(Struct, frozen=True):
    """A problem that one file alone shows. `check` is the name of the check that reports it.

    `reader`: it matters only if this library or tool reads the file.
    """

    check: str
    span: Span
    message: str
    variable: Variable | None = None
    reader: str = ""


class Suppression(Struct, frozen=True):
    """`configvars: ignore[name]`: the lines (0-based) that it applies to, and the checks; none means all."""

    line: int
    checks: frozenset[str] = frozenset()


class FileFacts(Struct, frozen=True):
    """The result of analysing one file. `skipped` says why a file was not analysed.

    `unread` has the details for a file that could not even be read. `mentions` are words that may be names of
    variables, for files without a reader or source of their own; they are not shown. `concealed` are keys
    that it sets but that are not shown, because they are not names or may be parts of a value. `limits` are
    the names of the exceeded limits, each with the number of times. `addons` and `buildpacks` are listed in
    app.json and heroku.yml. `lineages` are the settings classes of pydantic-settings, `made` those of
    other files that this file creates. `taken` are patterns of names that code reads, such as `DYNACONF_*`.
    `inner` are the reads inside wrappers, each with how the wrapper uses the string.
    """

    path: str
    kind: str
    references: tuple[Reference, ...] = ()
    dynamic: tuple[DynamicReference, ...] = ()
    definitions: tuple[Definition, ...] = ()
    env_files: tuple[EnvFileUse, ...] = ()
    settings: tuple[SettingsClass, ...] = ()
    problems: tuple[Problem, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    skipped: str | None = None
    unread: Unread | None = None
    flask: FlaskFacts = NO_FLASK
    mentions: frozenset[str] = frozenset()
    concealed: frozenset[Secret] = frozenset()
    limits: tuple[tuple[str, int], ...] = ()
    addons: tuple[AddonUse, ...] = ()
    buildpacks: tuple[str, ...] = ()
    lineages: tuple[SettingsLineage, ...] = ()
    made: frozenset[Mark] = frozenset()
    taken: frozenset[str] = frozenset()
    starts: tuple[Start, ...] = ()
    inner: tuple[tuple[Mark, Flow], ...] = ()

    def __repr__(self) -> str:
        return f"FileFacts({self.path})"


class TextEdit(Struct, frozen=True):
    """Replace `span` by `text`; an empty span inserts. The text may contain a value and is never shown."""

    span: Span
    text: str

    def __repr__(self) -> str:
        return f"TextEdit({self.span})"


class FileEdit(Struct, frozen=True):
    """The changes to one file; the edits do not overlap. `create`: the file does not exist yet.

    `shared`: a new file contains no values and will be committed, so other users may read it.
    """

    path: str
    edits: tuple[TextEdit, ...]
    create: bool = False
    shared: bool = False


class Command(Struct, frozen=True):
    """A command of the server with its argument, for changes that need more than an edit."""

    name: str
    argument: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


class Fix(Struct, frozen=True):
    """A change that fixes a finding.

    `certain`: it changes the behaviour of no program, so it may be applied without asking.
    """

    title: str
    changes: tuple[FileEdit, ...] = ()
    command: Command | None = None
    certain: bool = False
    preferred: bool = False


class Finding(Struct, frozen=True):
    """The result of a check. `message` never contains a value.

    `unnecessary` marks text that can be deleted (an editor greys it out); `related` lists other places.
    `clause` says where a variable is not set: a more severe finding at the same place adds it to its message.
    """

    check: str
    severity: Severity
    message: str
    path: str
    span: Span
    variable: Variable | None = None
    fixes: tuple[Fix, ...] = ()
    unnecessary: bool = False
    related: tuple[tuple[Place, str], ...] = ()
    clause: str | None = None


class Example(Struct, frozen=True):
    """A registered example: a test, a paragraph of the documentation and metadata in one.

    `text` is one file, or several under `-- path --` lines; `found` contains the results as rendered lines,
    none for code that must not be reported. A check's lines contain everything that a user sees, including
    fixes.
    """

    text: str
    found: tuple[str, ...] = ()
    note: str = ""
