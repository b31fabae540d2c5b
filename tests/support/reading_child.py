"""Runs `app.py` in each folder of the command line, and prints what its `X` is: the answer of a real library.

A folder's line is `=` and the value, or the name of the exception that the program ends with.
"""

from __future__ import annotations

import os
import runpy
import sys

OWN = frozenset(sys.modules)


def main() -> None:
    environ = {name: value for name, value in os.environ.items() if name.upper() not in ("A", "B")}
    for folder in sys.argv[1:]:
        os.environ.clear()
        os.environ.update(environ)
        for name in [name for name in sys.modules if name.startswith("decouple") and name not in OWN]:
            del sys.modules[name]  # it keeps the file that it has found
        os.chdir(folder)
        try:
            found = runpy.run_path(os.path.join(folder, "app.py"))
        except Exception as error:
            print(type(error).__name__)
        else:
            print(f"={found['X']!r}")


main()
