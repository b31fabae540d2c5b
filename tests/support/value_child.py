"""Runs programs, each with an env file of one line, and prints their RESULT or the exception that they raise.

The input is JSON: pairs of a program and a line. A program finds the path of the file in the variable FILE.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from pathlib import Path


def outcome(program: str, line: str) -> str:
    """The `repr` of RESULT, or ``!`` and the name of the exception."""
    Path(".env").write_text(line + "\n")
    os.environ.pop("USE_A", None)
    names: dict[str, object] = {"FILE": ".env", "os": os}
    try:
        exec(compile(program, "program", "exec", dont_inherit=True), names)  # the programs come from the test
    except Exception as error:
        return f"!{type(error).__name__}"
    return repr(names.get("RESULT"))


warnings.simplefilter("ignore")
print(json.dumps([outcome(program, line) for program, line in json.load(sys.stdin)]))
