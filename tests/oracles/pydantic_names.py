"""The names that a text about pydantic-settings could mean: put together from its words in every way."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[A-Za-z_][\w-]*")
_STRING = re.compile(r"""(['"])((?:(?!\1).)*)\1""")
_USUAL = """
    pydantic pydantic_settings BaseModel BaseSettings SettingsConfigDict Field typing Annotated Optional
    Literal model_config env_prefix env_nested_delimiter case_sensitive main AliasChoices AliasPath
    alias default validation_alias dataclasses dataclass TypedDict settings_customise_sources default_factory
"""
_SMALL = 14


def candidates(text: str, delimiters: Iterable[str] = ()) -> Iterator[str]:
    """The names, each as written and in upper case."""
    for name in _built(text, delimiters):
        yield name
        yield name.upper()


def _built(text: str, delimiters: Iterable[str]) -> Iterator[str]:
    strings = {found[2] for found in _STRING.finditer(text)}
    common = set(_USUAL.split()) | set(dir(builtins)) | set(keyword.kwlist)
    words = set(_WORD.findall(_STRING.sub("''", text))) | {s for s in strings if _WORD.fullmatch(s)}
    atoms = sorted(word for word in words if word not in common and not word.startswith("__"))
    prefixes = ["", *sorted(text for text in strings if re.fullmatch(r"[A-Za-z_.-]*[_.-]", text))]
    between = {text for text in strings if re.fullmatch(r"[_.:-]+", text)} | set(delimiters)
    for prefix in prefixes:
        for atom in atoms:
            yield prefix + atom
            for delimiter in between:
                for inner in (*atoms, "0"):
                    yield prefix + atom + delimiter + inner
                    for third in atoms if len(atoms) <= _SMALL else ():
                        yield prefix + atom + delimiter + inner + delimiter + third
