"""Python files that Python refuses because of their bytes, such as Latin-1 without a coding line."""

from __future__ import annotations

import ast
import warnings

from configvars.model import RefusedByPython
from configvars.workspace.reading import cookie_of, line_of_error

SOURCE_ENDINGS = (".py", ".pyw")


def refused_by_python(path: str, data: bytes) -> RefusedByPython | None:
    """Why Python refuses a source file with these bytes; None if it does not, and for UTF-16."""
    if not path.endswith(SOURCE_ENDINGS) or b"\0" in data or (data.isascii() and cookie_of(data) is None):
        return None
    named = cookie_of(data)
    try:
        data.decode(named or "utf-8")
    except LookupError:
        return RefusedByPython("names an encoding that Python does not know", is_importable=False)
    except UnicodeDecodeError as error:
        encoding = named or "UTF-8"
        rest = "" if named else " and has no line that names another encoding"
        why = f"is not {encoding} (line {line_of_error(data, error)}){rest}"
        return RefusedByPython(why, is_importable=_is_importable(data))
    except ValueError:
        return None
    return None


def _is_importable(data: bytes) -> bool:
    """Whether an import accepts the bytes: of comments, `python FILE` decodes more than an import does."""
    try:
        with warnings.catch_warnings(action="ignore"):
            ast.parse(data)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True
