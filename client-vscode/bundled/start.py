"""Starts the bundled server.

The client runs it by its absolute path with `python -I`, so that nothing in the workspace can be imported.
Without `-I` it stops before it imports a module that a file in the workspace could replace. With `--check`
it only prints a JSON object with the Python version and the reason why this Python cannot run the server. It
uses no newer syntax, so that an old Python can report that it is too old.
"""

import sys

if not sys.flags.isolated:
    sys.exit("configvars: start this file with `python -I`, so that no code of the workspace is run.")

import json
import sysconfig
from pathlib import Path

OLDEST = (3, 11)


def problem() -> str:
    """Return why this Python cannot run the server, as the end of a sentence; empty if it can."""
    if sys.version_info < OLDEST:
        return "is older than Python %d.%d" % OLDEST  # noqa: UP031
    try:
        import tree_sitter  # noqa: F401
        import tree_sitter_python  # noqa: F401
    except ImportError:
        return "is not supported by the bundled parser (" + sysconfig.get_platform() + ")"
    return ""


def main() -> None:
    """Run the server over stdin and stdout, or answer `--check`."""
    sys.path.insert(0, str(Path(__file__).resolve().parent / "libs"))
    found = problem()
    if "--check" in sys.argv:
        version = ".".join(map(str, sys.version_info[:3]))
        print(json.dumps({"version": version, "executable": sys.executable, "problem": found}))
    elif found:
        sys.exit("configvars: Python " + sys.executable + " " + found)
    else:
        from configvars.lsp.main import run

        sys.exit(run())


if __name__ == "__main__":
    main()
