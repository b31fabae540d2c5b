"""The variables that a program has while it starts, as far as they are known of an app."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from configvars.runs.known_values import Text, Unset
from configvars.runs.starting.exact import as_exact
from configvars.runs.starting.values import NO_READS, NONE, UNKNOWN, Constant, Exact, Read, Value, text_of
from configvars.text import Span

State: TypeAlias = Callable[[str, Span, str], Text | Unset | None]
"""What an app has as a variable that code reads: file, place and name; None if that is not known."""


SETTINGS = "DJANGO_SETTINGS_MODULE"
DJANGO_HANDLERS = frozenset(
    {"django.core.asgi.get_asgi_application", "django.core.wsgi.get_wsgi_application"}
)
# They load it.
DJANGO_STARTS = DJANGO_HANDLERS | {"django.setup", "django.core.management.execute_from_command_line"}


class Environment:
    """The variables of one program.

    `unset` are the reads whose variables are certainly not set, except those that the program needs.
    `assumed` are the contents of variables, to see what the program does with them. `offered` are the keys
    with which the program looks up the content of a variable that the app has. `django_settings` is the
    module that Django loads: empty if nothing names it, None if it is not known.
    """

    def __init__(
        self, state: State, assumed: Mapping[str, str] = MappingProxyType({}), settings: str | None = None
    ) -> None:
        self._state = state
        self._assumed = assumed
        self.unset: set[Read] = set()
        self._needed: set[Read] = set()
        self.django_settings = settings
        self.offered: dict[str, set[str]] = {}

    def read(self, path: str, span: Span, name: str, read: Read | None, default: Value | None) -> Value:
        """What `os.getenv` returns. `read` is the read, if it accepts that the variable is not set."""
        if name in self._assumed:
            return Value(known=Constant(self._assumed[name], assumed=True))
        state = self._state(path, span, name)
        usual = Constant(None) if default is None else default.known
        is_none = isinstance(usual, Constant) and usual.content is None
        exact = None
        if read is not None and isinstance(state, Unset):
            exact = as_exact(NONE if default is None else default, frozenset({read}))
        if isinstance(state, Unset) and isinstance(usual, Constant) and usual.content:
            if read is not None:
                self.note_unset(read)
            return Value(known=Constant(usual.content, assumed=True), exact=exact)
        chosen = name if isinstance(state, Text) else ""
        if read is None:
            known = Constant(None, assumed=True) if isinstance(state, Unset) and is_none else None
            return Value(known=known, chosen=chosen)
        if isinstance(state, Unset):
            self.note_unset(read)
        reads = frozenset({read})
        if is_none:
            return Value(absent=reads, empty=reads, chosen=chosen, exact=exact)
        is_empty = default is not None and default.truth is False
        return Value(empty=reads if is_empty else NO_READS, chosen=chosen, exact=exact)

    def required(self, path: str, span: Span, name: str) -> Value:
        """What `os.environ[name]` returns."""
        if name in self._assumed:
            return Value(known=Constant(self._assumed[name], assumed=True))
        return Value(chosen=name) if isinstance(self._state(path, span, name), Text) else UNKNOWN

    def assign(self, name: str, value: Value, *, as_default: bool) -> None:
        """Note that code sets a variable; only the one counts that names the settings module of Django."""
        if name == SETTINGS and not (as_default and self.django_settings != ""):
            self.django_settings = text_of(value)

    def lacks(self, read: Read) -> Value:
        """Whether the environment does not contain a variable."""
        reads = frozenset({read})
        if not isinstance(self._state(read.path, read.span, read.name), Unset):
            return Value(filled=reads)
        self.note_unset(read)
        return Value(filled=reads, exact=Exact(Constant(True), reads))

    def note_unset(self, read: Read) -> None:
        """Note that the variable of a read is certainly not set."""
        if read not in self._needed:
            self.unset.add(read)

    def need(self, read: Read) -> None:
        """Note that the program needs the variable of a read: it counts as set from now on."""
        self._needed.add(read)
        self.unset.discard(read)

    def is_unset(self, path: str, span: Span, name: str) -> bool:
        """Whether the environment certainly does not contain a variable."""
        return name not in self._assumed and isinstance(self._state(path, span, name), Unset)

    def offer(self, key: Value, keys: Iterable[str]) -> None:
        """Note the keys with which the content of a variable is looked up."""
        if key.chosen and key.known is None:
            self.offered.setdefault(key.chosen, set()).update(keys)
