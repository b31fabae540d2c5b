"""Every limit of the analysis in one table, each with its reason.

What exceeds a limit is not known: the name of a variable is dynamic, a place is not examined. How often that
happens in a file is counted in a `Hits`, and reported once for the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limit:
    """The maximum of something that is followed, and the reason for it."""

    name: str
    most: int
    reason: str


QUESTIONS = Limit(
    "questions",
    80,
    "How deep questions lead to questions: Python's own stack allows about twice as much.",
)
CIRCLE = Limit(
    "circles",
    30,
    "Names that are given each other's values in a circle: each is worked out from all others once more.",
)
CHOICES = Limit("choices", 64, "What an expression may stand for: more say nothing of any of them.")
STEPS = Limit("steps", 160, "Letters of the path to something of another package; tables have shorter ones.")
READS = Limit("reads", 128, "What one function reads with its parameters: each of its calls reads all of it.")
WAYS = Limit("ways", 64, "Calls of wrappers on the ways to one read; what lies beyond is dynamic there.")
AGAIN = Limit("again", 40, "How often a place is looked at again for what was learned meanwhile.")
HANDED = Limit("handed", 64, "Uses of a function's name among which its calls are sought.")
SUBSTITUTION = Limit("substitution", 12, "How deep in values parameters are given what a call gives them.")
HELD = Limit("held", 6, "How deep in what holds it something that reads variables is sought.")
TOLD = Limit("told", 10, "How deep values hold each other that other files are told.")
OWNERS = Limit("owners", 8, "Names that an app is given to one after the other.")
GIVEN_ON = Limit("given on", 8, "Names, operators and defaults on the way to what a key of Flask is given.")
APP_CALLS = Limit("app calls", 12, "Functions that hand an app on, each to the next.")
APP_EVENTS = Limit(
    "app events",
    10_000,
    "What happens to the apps of a folder, calls followed: functions that call the next one twice double it.",
)
LOADED_KEYS = Limit(
    "loaded keys",
    10_000,
    "Keys that apps load, each time anew: a large program has 300 and loads them from three places.",
)
NESTING = Limit(
    "nesting",
    400,
    "The deepest of 8,655 public files has 37 levels of syntax; CPython takes 100 blocks of four levels.",
)
TEXT = Limit(
    "text",
    4096,
    "Linux takes no longer path, and no name of a variable comes near; texts that double grow without end.",
)
PIECES = Limit(
    "pieces",
    256,
    "Nobody puts a name together from more parts; each part is carried along with its place.",
)
VALUE = Limit(
    "value",
    3000,
    "A table of 300 rows with ten fields; displays that hold each other twice double with each line.",
)
VALUE_LEVELS = Limit(
    "value levels",
    24,
    "Tables, arguments and results that hold each other; what is compared and hashed is so deep at most.",
)
ITEMS = Limit("items", 300, "A display with more items is data, not a list of names.")
BINDINGS = Limit(
    "bindings",
    32,
    "A name that more statements may have given its value has no value that can be told.",
)
FOLLOWING = Limit(
    "following statements",
    12,
    "What a statement further down does with a read says little about the read.",
)
PATHS = Limit("steps in a wrapper", 600, "What a function does without a variable: wrappers are short.")
ALTERNATIVES = Limit("ways through a wrapper", 24, "What its arguments decide: each flag can double it.")
TEST = Limit("test", 60, "Parentheses, `not` and quantifiers around a tested read: real code has three.")
NESTED_MODELS = Limit(
    "nested models", 4, "Models in models: an environment variable of five names is not written by hand."
)
NESTED_FIELDS = Limit(
    "nested fields", 500, "Models that hold each other several times multiply with each level."
)
LINEAGE = Limit("lineage", 50, "Classes above a class: views and widgets of large frameworks have some 15.")
PARAMETERS = Limit(
    "parameters", 128, "Parameters of a function, which each call binds: the most in public code are some 60."
)
STARS = Limit(
    "star imports", 40, "Modules of `from … import *`, each of which is asked for names without a binding."
)
PREFIXES = Limit(
    "prefixes",
    16,
    "Prefixes of `from_prefixed_env` in a folder: each use of a key is a use for each of them.",
)
ANNOTATION = Limit("annotation", 16, "An annotation that names more classes says nothing of any of them.")
SIMILAR_NAMES = Limit(
    "similar names",
    200,
    "A mistyped name is compared with so many others, each time letter by letter; a file has a few dozen.",
)
SEARCHED_BYTES = Limit(
    "searched bytes",
    128 * 1024 * 1024,
    "The code and configuration of a large repository without what it installs; a second or two of reading.",
)
STATEMENTS = Limit(
    "statements",
    100_000,
    "No env file comes near: the largest value that Linux takes is 128 KiB, and Heroku takes 64 KB in all.",
)


YAML_SIZE = Limit(
    "YAML size", 256 * 1024, "Characters of a YAML file: workflows and Compose files have a few thousand."
)
YAML_LEVELS = Limit("YAML levels", 60, "Levels of a YAML file: what is looked for stands in the first six.")
YAML_ALIASES = Limit(
    "YAML aliases",
    20_000,
    "Nodes that the aliases of a YAML file stand for: aliases of aliases double with each line.",
)
EXTENDED_SERVICES = Limit(
    "extended services", 20, "Services of a Compose file that extend each other: nobody needs more than five."
)
GIFTS = Limit(
    "variables of a start", 1000, "What a service or job is started with: large ones have some 200 variables."
)
STARTS = Limit(
    "starts", 1000, "Programs that one file starts: each holds the variables that it is started with."
)
ENV_FILES = Limit(
    "env files of a start", 40, "Files that a makefile includes: each of its programs has them."
)
CONSTANTS = Limit(
    "constants",
    1_000_000,
    "What the names of a configuration file hold, in characters: a name may hold the one before it twice.",
)


@dataclass(slots=True)
class Hits:
    """How often each limit was exceeded in one file."""

    _counts: Counter[str] = field(default_factory=Counter)

    def count(self, limit: Limit, times: int = 1) -> None:
        """Count that a limit was exceeded."""
        self._counts[limit.name] += times

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The names of the exceeded limits, each with the number of times, sorted."""
        return tuple(sorted(self._counts.items()))


_COUNTED: ContextVar[Hits | None] = ContextVar("counted", default=None)


@contextmanager
def counted_in(hits: Hits) -> Iterator[None]:
    """Count in `hits` what exceeds a limit (see `beyond`) while the block runs."""
    token = _COUNTED.set(hits)
    try:
        yield
    finally:
        _COUNTED.reset(token)


def beyond(limit: Limit) -> None:
    """Count that a limit was exceeded, in code that does not know for which file."""
    if (hits := _COUNTED.get()) is not None:
        hits.count(limit)


def said(counts: Iterable[tuple[str, int]]) -> str:
    """The message about the exceeded limits of a file, to be shown after the file's name."""
    met = ", ".join(f"{name} ({times})" for name, times in counts)
    return f"goes beyond what is followed, and what lies beyond is not known: {met}."
