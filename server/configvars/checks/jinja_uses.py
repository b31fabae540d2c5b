"""How a Jinja template uses configuration keys."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from configvars.model import Access, FileFacts, Need
from configvars.syntax.jinja import Part, Token, parse_jinja
from configvars.text import Span

# Operations that raise for an undefined value, tried with Jinja 3.1.6.
_BREAKING = frozenset(["+", "-", "*", "/", "%", "<", ">", "(", "[", "."])
_BREAKING_FILTERS = frozenset(
    {"abs", "dictsort", "filesizeformat", "float", "indent", "int", "round", "tojson", "wordwrap", "xmlattr"}
)
_TESTING = frozenset({"if", "elif"})


class JinjaUse(Struct, frozen=True):
    """A use of a key. `tests`: the template tests whether it is set; `breaks`: the template fails without it."""

    name: str
    span: Span
    tests: bool = False
    breaks: bool = False


def jinja_uses(facts: FileFacts, text: str) -> Iterator[JinjaUse]:
    """The uses of keys in a template with this text, without those that have a default."""
    uses = {one.span: one for one in facts.references if one.variable.scope == "flask"}
    for part in parse_jinja(text):
        for index, token in enumerate(part.tokens):
            one = uses.get(token.span) or uses.get(token.inner)
            if one is not None and (one.access is Access.TEST or one.need is not Need.DEFAULTED):
                tests = one.access is Access.TEST or _is_test(part, index)
                is_get = one.idiom == "config.get"
                breaks = not tests and not is_get and _breaks(_behind(part.tokens, index))
                yield JinjaUse(one.variable.name, one.span, tests, breaks)


def _is_test(part: Part, index: int) -> bool:
    """Whether a key is used in a condition, or before `is defined`."""
    words = [token.text for token in part.tokens]
    return (part.statement and words[0] in _TESTING) or "if" in words or "is" in words[index + 1 : index + 4]


def _behind(tokens: tuple[Token, ...], index: int) -> list[str]:
    """The tokens after a key and its closing bracket."""
    following = [token.text for token in tokens[index + 1 : index + 5]]
    return following[1:] if following[:1] == ["]"] else following


def _breaks(following: list[str]) -> bool:
    if following[:1] == ["|"]:
        return following[1:2] != [] and following[1] in _BREAKING_FILTERS
    return bool(following) and following[0] in _BREAKING
