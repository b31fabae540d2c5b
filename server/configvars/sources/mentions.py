"""Files of other tools that may use an env file: every name that they mention counts as used.

What OmegaConf and Hydra read in YAML files (`${oc.env:NAME}`) are references. They are read when the value is
used, and code need not use all, so no variable is certainly required. `${env:NAME}` has other meanings, too.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from configvars.model import DynamicReference, Example, FileFacts, Need, Reference, Variable
from configvars.patterns import lazy_pattern
from configvars.slices import result
from configvars.sources.base import Source
from configvars.syntax.omegaconf import COMPUTED, ENV, is_defaulted
from configvars.syntax.yaml import parsing_yaml
from configvars.text import Span

_NAMES = lazy_pattern(r".*\.ya?ml|Dockerfile(?:\..*)?|[Jj]ustfile|\.envrc|package\.json")
_OC_ENV, _IDIOM = "oc.env", "${oc.env:}"
_WORD = lazy_pattern(r"\b[A-Z][A-Z0-9_]*\b", re.ASCII)


def is_mentioning(name: str) -> bool:
    """Whether a file is of this kind; lock files are not."""
    return _NAMES.fullmatch(name) is not None and "lock" not in name


def analyzing(path: str, text: str) -> Generator[None, None, FileFacts]:
    """The facts of such a file, in slices."""
    root = (yield from parsing_yaml(text)) if _OC_ENV in text else None
    strings = list(root.strings()) if root is not None else []
    references = tuple(found for string in strings for found in _references(text, string))
    dynamic = tuple(found for string in strings for found in _dynamic(text, string))
    return FileFacts(path, "mentions", references, dynamic=dynamic, mentions=mentioned(text))


def _references(text: str, string: Span) -> Iterator[Reference]:
    for found in ENV.finditer(text, string.start, string.end):
        if found["oc"]:
            need = Need.DEFAULTED if is_defaulted(found["default"]) else Need.OPTIONAL
            span = Span(*found.span("name"))
            yield Reference(Variable("env", found["name"]), span, _IDIOM, need=need)


def _dynamic(text: str, string: Span) -> Iterator[DynamicReference]:
    for found in COMPUTED.finditer(text, string.start, string.end):
        yield DynamicReference(Span(*found.span("name")), _IDIOM)


def mentioned(text: str) -> frozenset[str]:
    """The words of a text that may be names of variables."""
    return frozenset(_WORD.findall(text))


MENTIONS = Source(
    name="mentions",
    matches=is_mentioning,
    analyze=lambda path, text: result(analyzing(path, text)),
    in_slices=analyzing,
    examples=(
        Example(
            "a: '\\${oc.env:a}'  # ${oc.env:b}\nc: ${env:c}\n",
            note="escaped, in a comment, and of other tools",
        ),
        Example("services:\n  web:\n    image: python3\n", note="no name in capitals"),
        Example(
            "services:\n  db:\n    environment:\n      PASSWORD: ${POSTGRES_PASSWORD}\n",
            ("mentions PASSWORD", "mentions POSTGRES_PASSWORD"),
        ),
        Example(
            "db:\n  host: ${oc.env:host}\n  url: x://${oc.env:user,root}:${oc.env:'key', null}\n"
            "  name: ${oc.env:${kind}}\n",
            (
                "2:18 host optional",
                "3:21 user defaulted",
                "3:42 key optional",
            ),
            note="OmegaConf",
        ),
    ),
)
