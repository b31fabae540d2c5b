"""Runs programs, each with an env file of one line, and prints of each what RESULT is or what it raises.

The input is JSON: pairs of a program and a line. A program finds the file under the name that FILE holds.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from pathlib import Path


def outcome(program: str, line: str) -> str:
    """`repr` of RESULT, or ``!`` and the name of the exception."""
    Path(".env").write_text(line + "\n")
    os.environ.pop("USE_A", None)
    names: dict[str, object] = {"FILE": ".env", "os": os}
    try:
        exec(program, names)  # the programs are the test's own
    except Exception as error:
        return f"!{type(error).__name__}"
    return repr(names.get("RESULT"))


warnings.simplefilter("ignore")
print(json.dumps([outcome(program, line) for program, line in json.load(sys.stdin)]))
