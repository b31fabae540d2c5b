"""Every limit of the analysis in one table, each with its reason.

What exceeds a limit is not known: the name of a variable is dynamic, a place is not examined. How often that
happens in a file is counted in a `Hits`, and reported once for the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from msgspec import Struct, field


class Limit(Struct, frozen=True):
    """The maximum of something that is followed, and the reason for it."""

    name: str
    most: int
    reason: str


QUESTIONS = Limit(
    "questions",
    80,
    "The depth of questions that lead to questions: Python's own stack allows about twice as much.",
)
CIRCLE = Limit(
    "circles",
    30,
    "Names in a circle of assignments: each is computed once more from all the others.",
)
CHOICES = Limit("choices", 64, "The alternatives for an expression: with more, its value is not known.")
STEPS = Limit("steps", 160, "Characters of an import path; the paths in the readers' tables are shorter.")
READS = Limit(
    "reads", 128, "The reads of one function with its parameters: each of its calls has all of them."
)
WRAPPER_CALLS = Limit("wrapper calls", 64, "Calls of wrappers on the ways to one read.")
REPEATS = Limit("repeats", 40, "How often a step of a scan runs again because of new results.")
SUMMARIES = Limit("summaries", 6000, "Reads found again: functions in a circle have those of all others.")
SHORTENED = Limit("shortened", 8, "How often an answer that was cut short is computed again by others.")
FUNCTION_USES = Limit("function uses", 64, "Uses of a function's name that are searched for calls.")
SUBSTITUTION = Limit("substitution", 12, "The depth to which parameters in values are replaced by arguments.")
OBJECT_DEPTH = Limit(
    "object depth", 6, "The depth to which objects are searched for something that reads variables."
)
EXPORT_DEPTH = Limit("export depth", 10, "The nesting of values in answers to other files.")
OWNERS = Limit("owners", 8, "Names that are assigned to each other before the app is found.")
STATEMENTS_ABOVE = Limit("statements above", 20, "Statements between `self.app = …` and `self.app.config`.")
KEY_SOURCES = Limit("key sources", 8, "Names, operators and defaults between a Flask key and its value.")
APP_CALLS = Limit("app calls", 12, "Functions that pass an app on, each to the next.")
APP_EVENTS = Limit(
    "app events",
    10_000,
    "Events of the apps of a folder: each function that calls the next one twice doubles them.",
)
LOADED_KEYS = Limit(
    "loaded keys",
    10_000,
    "Keys that apps load, counted each time: a large program has 300 and loads them from three places.",
)
NESTING = Limit(
    "nesting",
    400,
    "The deepest of 8,655 public files has 37 levels of syntax; CPython allows 100 blocks of four levels.",
)
TEXT = Limit(
    "text",
    4096,
    "Linux allows no longer path, and names of variables are much shorter; strings that double have no end.",
)
PIECES = Limit(
    "pieces",
    256,
    "Parts of a concatenated name, each stored with its place; real names have far fewer.",
)
VALUE = Limit(
    "value",
    3000,
    "A table of 300 rows with ten fields; displays that contain each other twice double with each line.",
)
VALUE_LEVELS = Limit(
    "value levels",
    24,
    "The nesting of tables, arguments and results, which are compared and hashed recursively.",
)
ITEMS = Limit("items", 300, "A display with more items is data, not a list of names.")
BINDINGS = Limit(
    "bindings",
    32,
    "Statements that may have assigned to a name: with more, its value is not known.",
)
FOLLOWING = Limit(
    "following statements",
    12,
    "Statements after a read that are examined: those further down show little about the read.",
)
WRAPPER_STEPS = Limit(
    "steps in a wrapper", 600, "Steps for following a wrapper without its variable: wrappers are short."
)
ALTERNATIVES = Limit(
    "ways through a wrapper",
    24,
    "Ways through a wrapper that its arguments decide: each flag can double them.",
)
TEST = Limit("test", 60, "Parentheses, `not` and quantifiers around a tested read: real code has three.")
NESTED_MODELS = Limit(
    "nested models", 4, "Models in models: nobody writes an environment variable with five names by hand."
)
NESTED_FIELDS = Limit(
    "nested fields", 500, "Models that hold each other several times multiply with each level."
)
LINEAGE = Limit(
    "lineage",
    64,
    "Base classes of a class: views of large frameworks have some 15, settings made of many parts some 60.",
)
PARAMETERS = Limit(
    "parameters", 128, "Parameters of a function, which each call binds: public code has at most some 60."
)
STARS = Limit(
    "star imports", 40, "Modules of `from … import *`, each of which is searched for names without a binding."
)
PREFIXES = Limit(
    "prefixes",
    16,
    "Prefixes of `from_prefixed_env` in a folder: each use of a key counts for each of them.",
)
ANNOTATION = Limit("annotation", 16, "Classes in an annotation: with more, nothing is known about the value.")
SIMILAR_NAMES = Limit(
    "similar names",
    200,
    "Names that a misspelt name is compared with, letter by letter; a file has a few dozen.",
)
SEARCHED_BYTES = Limit(
    "searched bytes",
    128 * 1024 * 1024,
    "The code and configuration of a large repository; reading takes a second or two.",
)
STATEMENTS = Limit(
    "statements", 10_000, "Statements of an env file: Heroku's 64 KB for all config vars hold some 2,000."
)
SHOWN = Limit("shown", 2000, "Entries of one answer to an editor: nobody scrolls through more.")
COMMENT_LINES = Limit("comment lines", 20, "Lines of one comment in a hover: a longer one is not read there.")
OFFERED = Limit("offered", 200, "Actions that an editor gets for a range: its menu shows some 20.")


YAML_SIZE = Limit(
    "YAML size", 256 * 1024, "Characters of a YAML file: workflows and Compose files have a few thousand."
)
YAML_LEVELS = Limit("YAML levels", 60, "Levels of a YAML file: everything that is read is in the first six.")
YAML_ALIASES = Limit(
    "YAML aliases",
    20_000,
    "Nodes that the aliases of a YAML file stand for: aliases of aliases double with each line.",
)
EXTENDED_SERVICES = Limit(
    "extended services", 20, "Services of a Compose file that extend each other: nobody needs more than five."
)
GIFTS = Limit(
    "variables of a start", 1000, "Variables that a service or job is started with: large ones have some 200."
)
STARTS = Limit(
    "starts", 250, "Programs that one file starts, each stored with its variables: makefiles have 100."
)
WORDS = Limit(
    "words of a command", 2000, "Words in which the program of a command is sought: it is one of the first."
)
ENV_FILES = Limit(
    "env files of a start", 40, "Env files that a makefile includes, stored for each of its programs."
)
PATHS = Limit("paths", 16, "Paths that one expression may be: usually one or two.")
PATH_PARTS = Limit("path parts", 12, "The depth to which an expression is searched for parts of a path.")
PARENTS = Limit("parents", 16, "Folders above a path in `parents`: no project is this deep.")
FIXTURE_FOLDERS = Limit(
    "fixture folders", 6, "Folders above a test whose conftest.py is searched for fixtures."
)
GROUPS = Limit("command groups", 3, "Nested groups of commands: all their paths are computed in advance.")
FLOW = Limit("uses of a read", 40, "Expressions around a read, and uses of the name that it is assigned to.")
REEXPORTS = Limit("re-exports", 8, "Packages that re-export a function of each other.")
CONDITION_DEPTH = Limit(
    "nested conditions", 12, "Expressions and names in a condition, one in another: real code has five."
)
CONDITION_STEPS = Limit(
    "steps in conditions", 20_000, "Steps to evaluate the conditions of a file for an app."
)
CONDITION_VALUE = Limit("values in conditions", 1000, "Characters or items of a value in a condition.")
START_STEPS = Limit(
    "steps of a start", 60_000, "Expressions that are evaluated to see what a program needs while it starts."
)
START_CHOICES = Limit(
    "contents of a switch", 12, "Keys, such as names of configurations, with which a start is tried again."
)
START_FILES = Limit(
    "files of a start",
    80,
    "Files without reads that are followed, because others may pass them what they read.",
)
START_DEPTH = Limit("calls in a start", 20, "Calls of functions, one in another, while a program starts.")
REQUIREMENTS = Limit("requirement folders", 60, "Folders whose requirements are read, shortest path first.")
RESTS = Limit(
    "names in a value",
    64,
    "Names outside of the file on which a value rests: in a chain, each rests on those of all others.",
)
EXPANDED = Limit(
    "interpolated values",
    16 * 1024 * 1024,
    "Characters of all values of an env file after interpolation: values can double with each line.",
)
DECLARED = Limit(
    "declared variables",
    5000,
    "Variables of an app.json: Heroku's 64 KB for all config vars hold some 2,000.",
)
JSON_LEVELS = Limit("JSON levels", 100, "Levels of a JSON file: an app.json has four.")
INDENTS = Limit(
    "indents",
    256,
    "Different indentations in a file: from 384 on, the native parser can write beyond a buffer.",
)
CONTINUATIONS = Limit(
    "continuations", 250, "Empty continued lines: from each, the native parser reads on to the last one."
)
NAMED_CHARACTERS = Limit("named characters", 5, "`\\N{` without an end: the native parser reads far on.")
TOML_PARTS = Limit("TOML parts", 32, "Parts of a key: tomllib stores all beginnings of a key; five are many.")
PYTHON_SIZE = Limit(
    "Python size", 2 * 1024 * 1024, "Bytes of a Python file: files that people write have a tenth."
)
SETTINGS_SIZE = Limit(
    "settings size", 128 * 1024, "Characters of a file with our settings: large projects have a fifth of it."
)
FOLDER_FILES = Limit("files", 200_000, "Files of a folder: a folder with more is probably a whole disk.")
LINKED_FILES = Limit(
    "linked files", 5_000, "Files of folders elsewhere to which symbolic links in the folder lead."
)
FOLDER_LEVELS = Limit("folder levels", 50, "Nested folders that are listed.")
FINDINGS = Limit("findings", 1000, "Findings of one file that are sent to editors: nobody reads more.")
CONSTANTS = Limit(
    "constants",
    1_000_000,
    "Characters of the constants in a configuration file: each can contain the one before it twice.",
)


class Hits(Struct):
    """How often each limit was exceeded in one file."""

    _counts: Counter[str] = field(default_factory=Counter)

    def count(self, limit: Limit, times: int = 1) -> None:
        """Count that a limit was exceeded."""
        self._counts[limit.name] += times

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The names of the exceeded limits, each with the number of times, sorted."""
        return tuple(sorted(self._counts.items()))


_T = TypeVar("_T")
_COUNTED: ContextVar[Hits | None] = ContextVar("counted", default=None)


@contextmanager
def counted_in(hits: Hits) -> Iterator[None]:
    """Count in `hits` what exceeds a limit (see `beyond`) while the block runs."""
    token = _COUNTED.set(hits)
    try:
        yield
    finally:
        _COUNTED.reset(token)


def counted(things: Iterator[_T], hits: Hits) -> Iterator[_T]:
    """The things, one by one; what goes `beyond` a limit while they are found is counted."""
    while True:
        with counted_in(hits):
            try:
                thing = next(things)
            except StopIteration:
                return
        yield thing


def beyond(limit: Limit) -> None:
    """Count that a limit was exceeded, in code that does not know for which file."""
    if (hits := _COUNTED.get()) is not None:
        hits.count(limit)


def said(counts: Iterable[tuple[str, int]]) -> str:
    """The message about the exceeded limits of a file, to be shown after the file's name."""
    met = ", ".join(f"{name} ({times})" for name, times in counts)
    return f"exceeds limits of the analysis, so parts of it were not analysed: {met}."
