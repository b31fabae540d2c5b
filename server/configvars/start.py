"""The first module that runs, however the program is started.

Python searches the folders in PYTHONPATH and, for `python -m`, the working folder before its own, so a
`re.py` of the project would be imported. If that can happen, the process starts itself again without these
folders. Until then nothing is imported except `sys` and `os`, which Python has already imported: not even
`__future__`.
"""

import os
import sys

# If these modules can be imported, so can the others.
NEEDED = ("configvars", "dotenv", "pathspec", "platformdirs", "tree_sitter")


def main() -> int:
    """Run the command line, isolated from the project; returns the exit status."""
    if not sys.flags.isolated and _can_import_the_project():
        return _start_again()
    import gc

    from configvars.garbage import COMMAND

    gc.set_threshold(COMMAND)  # Until the process ends: a lower one would start a search among all objects.
    from configvars.cli.main import main as run

    status = run()
    gc.freeze()  # Otherwise Python looks for garbage among all objects before it ends: an eighth of the time.
    return status


def _can_import_the_project() -> bool:
    named = not sys.flags.ignore_environment and os.environ.get("PYTHONPATH")
    return bool(named) or sys.path[:1] == [""] or sys.path[:1] == [_working_folder()]


def _working_folder() -> str | None:
    try:
        return os.getcwd()
    except OSError:
        return None


def _start_again() -> int:
    """Replace this process with an isolated one; on Windows, wait for it."""
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
    """A word of a command line as programs on Windows parse it.

    A backslash is special only before a quote.
    """
    parts = word.split('"')
    return '"' + '\\"'.join(part + "\\" * (len(part) - len(part.rstrip("\\"))) for part in parts) + '"'


def _started_again() -> int:
    """Continue in the isolated process, and apply the user's own configuration that isolation ignores."""
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
