"""The first of our modules to run, whichever way the program is started.

Python looks for modules in the folders of PYTHONPATH, and for `python -m` in the working folder, before it
looks for its own. Where that is so, a `re.py` of the project would be imported: the process starts itself
again without these folders. Until that is decided, nothing is imported but `sys` and `os`, which Python has
imported before: not even `__future__`.
"""

import os
import sys

# Enough of what the command line imports to tell that the rest is there, too.
NEEDED = ("configvars", "dotenv", "pathspec", "platformdirs", "tree_sitter")


def main() -> int:
    """Run the command line, in isolation from the project; gives the exit status."""
    if not sys.flags.isolated and _can_import_the_project():
        return _start_again()
    from configvars.cli.main import main as run

    return run()


def _can_import_the_project() -> bool:
    named = not sys.flags.ignore_environment and os.environ.get("PYTHONPATH")
    return bool(named) or sys.path[:1] == [""] or sys.path[:1] == [_working_folder()]


def _working_folder() -> str | None:
    try:
        return os.getcwd()
    except OSError:
        return None


def _start_again() -> int:
    """Put an isolated process in the place of this one; on Windows, wait for it."""
    if not sys.executable:
        sys.stderr.write("configvars: Python does not know where it is; start `python -I -m configvars`.\n")
        return 2
    options = ["-I", *(["-X", "utf8"] if sys.flags.utf8_mode else []), *(["-B"] * sys.dont_write_bytecode)]
    command = [sys.executable, *options, os.path.abspath(__file__), *sys.argv[1:]]
    if sys.platform == "win32":
        words = [quoted(word) for word in command]
        return os.spawnv(os.P_WAIT, sys.executable, words)  # noqa: S606 -- this very program
    return os.execv(sys.executable, command)  # noqa: S606 -- likewise


def quoted(word: str) -> str:
    """A word of a command line as programs on Windows read it: a backslash counts before a quote alone."""
    parts = word.split('"')
    return '"' + '\\"'.join(part + "\\" * (len(part) - len(part.rstrip("\\"))) for part in parts) + '"'


def _started_again() -> int:
    """Go on in the isolated process; what isolation ignores of the user's own set-up is made good."""
    import site
    from importlib.util import find_spec

    for folder in (os.path.dirname(os.path.dirname(os.path.abspath(__file__))), site.getusersitepackages()):
        if not all(find_spec(name) for name in NEEDED):
            site.addsitedir(folder)
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "").partition(":")
    for stream in (sys.stdout, sys.stderr):
        if encoding and stream is not None:
            stream.reconfigure(encoding=encoding, errors=errors or None)  # type: ignore[union-attr]
    return main()


if __name__ == "__main__":
    sys.exit(_started_again())
