"""Jinja templates: the Flask configuration keys that they use through `config`, a global in every template."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from configvars.model import Access, Example, FileFacts, Need, Reference, Variable
from configvars.sources.base import Source
from configvars.syntax.jinja import Part, Token, parse_jinja
from configvars.text import Span

_ENDINGS = (".html", ".htm", ".xhtml", ".xml", ".svg", ".txt", ".j2", ".jinja", ".jinja2")


def _analyze(path: str, text: str) -> FileFacts:
    parts = list(parse_jinja(text)) if "config" in text else []
    if any(_binds_config(part.tokens) for part in parts if part.statement):
        return FileFacts(path, "jinja")
    return FileFacts(path, "jinja", references=tuple(r for part in parts for r in _references(part)))


def _binds_config(tokens: tuple[Token, ...]) -> bool:
    """Whether a statement assigns another meaning to the name `config` in the template."""
    words = [token.text for token in tokens]
    if "config" not in words[1:]:
        return False
    match words[0]:
        case "set" | "for" | "macro" | "call":
            ends = {"set": "=", "for": "in"}.get(words[0], ")")
            return "config" in words[: words.index(ends) if ends in words else None]
        case "with":
            return ("config", "=") in pairwise(words)
        case "import" | "from":
            return "import" in words and "config" in words[words.index("import") :]
        case _:
            return False


def _references(part: Part) -> Iterator[Reference]:
    tokens = part.tokens
    for index, token in enumerate(tokens):
        if token.text != "config" or token.kind != "name" or not _is_flask_config(tokens, index):
            continue
        if found := _key(tokens, index):
            key, span, idiom, end = found
            yield Reference(Variable("flask", key), span, idiom, need=_need(tokens, end, idiom))
        elif found_test := _tested(tokens, index):
            yield Reference(*found_test, "in config", Access.TEST)


def _is_flask_config(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether this is the global `config` or `current_app.config`, and not an attribute or keyword."""
    if index and tokens[index - 1].text == ".":
        before = [token.text for token in tokens[max(index - 3, 0) : index - 1]]
        return before[-1:] == ["current_app"] and before != [".", "current_app"]
    following = [token.text for token in tokens[index + 1 : index + 3]]
    return following[:1] != ["="] or following == ["=", "="]


def _key(tokens: tuple[Token, ...], index: int) -> tuple[str, Span, str, int] | None:
    """The key that follows `config`, its span, the idiom, and the index of the token after it."""
    following = tokens[index + 1 : index + 5]
    texts = [token.text for token in following]
    if texts[:1] == ["."] and len(following) > 1 and texts[1].isupper() and following[1].kind == "name":
        return texts[1], following[1].span, "config.X", index + 3
    if texts[:1] == ["["] and texts[2:3] == ["]"]:
        return _literal(following[1], "config[]", index + 4)
    if texts[:3] == [".", "get", "("] and len(following) > 3:
        return _literal(following[3], "config.get", index + 5)
    return None


def _literal(token: Token, idiom: str, end: int) -> tuple[str, Span, str, int] | None:
    name = token.text[1:-1]
    if token.kind != "text" or not name.isupper() or "\\" in name:
        return None
    return name, token.inner, idiom, end


def _tested(tokens: tuple[Token, ...], index: int) -> tuple[Variable, Span] | None:
    """The key of `"KEY" in config`."""
    if index < 2 or tokens[index - 1].text != "in":
        return None
    token = tokens[index - (3 if tokens[index - 2].text == "not" and index > 2 else 2)]
    found = _literal(token, "", 0)
    return (Variable("flask", found[0]), found[1]) if found else None


def _need(tokens: tuple[Token, ...], end: int, idiom: str) -> Need:
    """A missing key is undefined, which renders as nothing and tests as false."""
    following = [token.text for token in tokens[end : end + 2]]
    if following[:1] == [","] and idiom == "config.get":
        return Need.DEFAULTED
    if idiom == "config.get":
        following = [token.text for token in tokens[end + 1 : end + 3]]
    if following in (["|", "default"], ["|", "d"]) or following[:1] == ["or"]:
        return Need.DEFAULTED
    return Need.OPTIONAL


JINJA = Source(
    name="jinja",
    matches=lambda name: name.lower().endswith(_ENDINGS),
    analyze=_analyze,
    examples=(
        Example(
            "config.KEY {# {{ config.KEY }} #} {% raw %}{{ config.KEY }}{% endraw %}", note="no expression"
        ),
        Example(
            "{{ site.config.KEY }} {{ f(config=KEY) }} {{ 'config.KEY' }}", note="another config, or text"
        ),
        Example("{{ config.items() }} {{ config[KEY] }} {{ config['lower'] }}", note="no known key"),
        Example("{% set config = {} %}{{ config.KEY }}", note="the template's own"),
        Example("{% macro show(config) %}{{ config.KEY }}{% endmacro %}", note="a parameter"),
        Example("{% for config in configs %}{{ config.KEY }}{% endfor %}"),
        Example("{% from 'x.html' import config %}{{ config.KEY }}"),
        Example("<p>{{ config.SITE_NAME }}</p>", ("1:14 SITE_NAME optional",)),
        Example(
            "{% if config['A'] and config.get(\"B\") %}{{ current_app.config['C']|upper }}{% endif %}",
            ("1:15 A optional", "1:35 B optional", "1:64 C optional"),
        ),
        Example(
            "{{ config.A|default('x') }} {{ config.get('B', 1) }} {{ config['C'] or 1 }}",
            ("1:11 A defaulted", "1:44 B defaulted", "1:65 C defaulted"),
        ),
        Example("{% if 'A' in config and 'B' not in config %}", ("1:8 A None", "1:26 B None")),
        Example(
            "{{ {'a': {'b': config.A}} }}\n{{ config.B\n{{ config.C }} config.D",
            ("1:23 A optional", "2:11 B optional", "3:11 C optional"),
            note="nested braces; an end that is being typed",
        ),
    ),
)
