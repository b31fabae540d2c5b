"""Jupyter notebooks: the code of all cells as one Python text, with the offset of each character."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from msgspec import Struct

from configvars.patterns import lazy_pattern
from configvars.slices import aside
from configvars.syntax.json import JsonArray, JsonObject, JsonString, JsonValue, parse_json
from configvars.text import Span

SUFFIX = ".ipynb"
_LONG = 16 * 1024  # characters; a shorter notebook is parsed at once
# IPython's own lines: `%matplotlib inline`, `!pip install x`.
_MAGIC = lazy_pattern(r"^[ \t]*(?:%(?=%?[A-Za-z])|[!?])", re.MULTILINE)
# A cell that starts with `%%` is usually not Python.
_OTHER_LANGUAGE = lazy_pattern(r"\s*%%(?!time\b|timeit\b|capture\b|prun\b)")


class Notebook(Struct, frozen=True):
    """`code` is Python; its character `i`, and its end, is at `offsets[i]` in the notebook."""

    code: str
    offsets: tuple[int, ...]

    def place(self, span: Span) -> Span:
        """The span in the notebook of a part of `code`."""
        return Span(self.offsets[span.start], self.offsets[span.end])


def parse_notebook(text: str) -> Notebook:
    """The code cells of a notebook (nbformat 4) in Python; empty for other JSON. Never raises.

    A text that is not JSON is the code itself: editors send a notebook's code as one text.
    """
    root = parse_json(text).root
    if root is None or not text.lstrip().startswith(("{", "[")):
        code_alone = _MAGIC.sub(lambda found: found[0][:-1] + "#", text)
        return Notebook(code_alone, tuple(range(len(text) + 1)))
    code: list[str] = []
    offsets: list[int] = []
    end = 0
    for pieces in _cells(root):
        source = "".join(piece.value for piece in pieces)
        if _OTHER_LANGUAGE.match(source):
            continue
        code.append(_MAGIC.sub(lambda found: found[0][:-1] + "#", source) + "\n")
        for piece in pieces:
            offsets.extend(piece.offsets[:-1])
            end = piece.inner.end
        offsets.append(end)
    return Notebook("".join(code), (*offsets, end))


def _cells(root: JsonValue | None) -> Iterator[list[JsonString]]:
    """The sources of the code cells, each as the strings in which it is written."""
    cells = root.get("cells") if isinstance(root, JsonObject) and _is_python(root) else None
    for cell in cells.items if isinstance(cells, JsonArray) else ():
        if isinstance(cell, JsonObject) and _text(cell.get("cell_type")) == "code":
            source = cell.get("source")
            items = source.items if isinstance(source, JsonArray) else (source,)
            yield [item for item in items if isinstance(item, JsonString)]


def _is_python(notebook: JsonObject) -> bool:
    """Whether a notebook's language is Python, which is also the default."""
    said = notebook
    for key in ("metadata", "language_info"):
        inner = said.get(key)
        if not isinstance(inner, JsonObject):
            return True
        said = inner
    return _text(said.get("name")) in ("python", "")


def _text(value: JsonValue | None) -> str:
    return value.value if isinstance(value, JsonString) else ""


def notebook_of(path: str, text: str) -> Generator[None, None, Notebook | None]:
    """The notebook in a text, parsed in slices; None if the file is none, or if it is short."""
    if not path.endswith(SUFFIX) or len(text) <= _LONG:
        return None
    return (yield from aside(lambda: parse_notebook(text)))
