"""The words of the program as types: variables, where they are read and given, and what is found wrong.

Plain frozen data. Nothing here knows a parser, an editor or a disk. A `path` is an absolute path of the
operating system as `str`; a `Span` counts code points of that file's text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from configvars.flask_model import NO_FLASK, FlaskFacts
from configvars.flow_model import Flow
from configvars.pydantic_model import SettingsClass
from configvars.run_model import By as By
from configvars.run_model import EnvFileUse as EnvFileUse
from configvars.run_model import Gift as Gift
from configvars.run_model import Start as Start
from configvars.secret import Secret
from configvars.text import Mark, Span
from configvars.text import Place as Place
from configvars.unread_model import ReadAs as ReadAs
from configvars.unread_model import Unread as Unread

Scope = Literal["env", "flask"]


@dataclass(frozen=True, slots=True, order=True)
class Variable:
    """A variable's identity. `os.environ["X"]` is scope `env`, `app.config["X"]` is scope `flask`."""

    scope: Scope
    name: str


class Access(StrEnum):
    """What a reference does with its variable."""

    READ = "read"
    WRITE = "write"
    TEST = "test"


class Need(StrEnum):
    """How much the code that reads a variable needs it."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    DEFAULTED = "defaulted"
    GUARDED = "guarded"


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for the worst; a smaller rank is more severe."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that reads, tests or writes a variable.

    `span` is the name as written, inside the quotes; for a name held in a constant, the use of the
    constant, with `written_at` at the literal. `via` is the read inside a wrapper that this call reaches.
    Both are marks, since they can stand in other files: `Project.place` tells where they are now.
    `need` is None unless `access` is READ. `switch` names the variable that decides whether a required
    read is reached at all: `if USE_S3: os.environ["BUCKET"]`. `instead` names variables of which one is
    as good as this one. `flow` is what becomes of a read in its file.
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

    @property
    def passed_to(self) -> str:
        """The path of the one thing that the read alone is handed to, such as `builtins.int`; else empty."""
        return self.flow.passed_to if self.flow is not None else ""


@dataclass(frozen=True, slots=True)
class DynamicReference:
    """A read or write whose name cannot be told; `span` is the expression that names it.

    `sets`: afterwards the variable is there, whichever it is.
    """

    span: Span
    idiom: str
    sets: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """A place that gives a variable its value, or (`declaration`) says that it should exist.

    `span` is the name as written. `kind` is the registered name of the source: `dotenv`, `app.json`,
    `flask-config` and so on. `value` is what an env file gives, None where it gives none.
    `statement` is all that goes when the definition goes; `comment` is what its file says of it.
    `required` is app.json's word, None where nothing is said.
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


@dataclass(frozen=True, slots=True)
class AddonUse:
    """An add-on that a file of Heroku's asks for: `service` is `heroku-postgresql`, without its plan.

    `attached_as` is the name it is given, which its config vars begin with; `span` is the plan as written.
    """

    service: str
    span: Span
    attached_as: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What one file alone shows to be wrong. `check` is the name of the check that reports it.

    `reader`: it only matters where this library or tool reads the file.
    """

    check: str
    span: Span
    message: str
    variable: Variable | None = None
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Suppression:
    """`configvars: ignore[name]`: the lines (0-based) it holds for, and the checks; none means all."""

    line: int
    checks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FileFacts:
    """All that the analysis of one file says. `skipped` says why a file was not analysed, if it was not.

    `unread` says more of that, where the file could not even be read.
    `mentions` are words in it that may be names of variables, for files that no more is known of; they are
    not shown. `concealed` are keys that it gives and that are not shown either, since they are no names or
    may be pieces of a value. `limits` are the names of the limits that something in it goes
    beyond, each with how often. `addons` and `buildpacks` are what app.json and heroku.yml ask Heroku for.
    `taken` are patterns of names all of which code reads, such as `DYNACONF_*`.
    `inner` are the reads inside wrappers, each with what the wrapper does with the text, whoever calls it.
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
    mentions: frozenset[str] = field(default=frozenset(), repr=False)
    concealed: frozenset[Secret] = frozenset()
    limits: tuple[tuple[str, int], ...] = ()
    addons: tuple[AddonUse, ...] = ()
    buildpacks: tuple[str, ...] = ()
    taken: frozenset[str] = frozenset()
    starts: tuple[Start, ...] = ()
    inner: tuple[tuple[Mark, Flow], ...] = ()


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace `span` by `text`; an empty span inserts. The text can hold a value and is not shown."""

    span: Span
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileEdit:
    """What changes in one file; the edits do not overlap. `create`: the file does not exist yet.

    `shared`: a new file holds no values and is committed, so that others may read it.
    """

    path: str
    edits: tuple[TextEdit, ...]
    create: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the server with its one argument, for what an edit alone cannot do."""

    name: str
    argument: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that mends a finding. `certain`: it may be made unasked, no program behaves otherwise."""

    title: str
    changes: tuple[FileEdit, ...] = ()
    command: Command | None = None
    certain: bool = False
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has found. `message` never holds a value.

    `unnecessary` marks what could go (an editor greys it); `related` points at the other places. `clause`
    marks a variable as absent from somewhere: a graver finding at the same place adds it to its message.
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


@dataclass(frozen=True, slots=True)
class Example:
    """A registered example: a test, a paragraph of the documentation and metadata in one.

    `text` is one file, or several under `-- path --` lines; `found` is what comes out, a rendered line
    each, none for what must stay silent. A check's lines hold all that a user sees, its fixes included.
    """

    text: str
    found: tuple[str, ...] = ()
    note: str = ""
