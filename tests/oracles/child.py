"""The child process of the oracles: runs small programs with given variables and returns what they read.

It reads one JSON object per line and writes one per line: see `harness.Child.run`. It needs no package except
the library that is tested, and runs on Python 3.9 and newer.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import sys
import tempfile
import types
from pathlib import Path

_ADDRESS = re.compile(r" at 0x[0-9a-f]+|/tmp/oracle-\w+")
_PLAIN = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)


class Recording(os._Environ):
    """`os.environ`, which records the names that are looked up."""

    def __getitem__(self, key):
        looked_up.add(key + "" if isinstance(key, str) else os.fsdecode(key))
        return super().__getitem__(key)

    def __contains__(self, key):
        looked_up.add(key + "" if isinstance(key, str) else os.fsdecode(key))
        return self._data_has(key)

    def _data_has(self, key):
        try:
            return self.encodekey(key) in self._data
        except TypeError:
            return False

    def copy(self):
        return {key: super(Recording, self).__getitem__(key) for key in self}

    def items(self):
        return self.copy().items()

    def values(self):
        return self.copy().values()


class Noting(dict):
    """A library's own copy of the environment, which records the names that are looked up."""

    def __getitem__(self, key):
        looked_up.add(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        looked_up.add(key)
        return super().get(key, default)

    def __contains__(self, key):
        looked_up.add(key)
        return super().__contains__(key)


looked_up: set = set()
opened: set = set()


def _pydantic_settings() -> None:
    from pydantic_settings.sources import EnvSettingsSource

    plain = EnvSettingsSource._load_env_vars

    def load(self):
        found = plain(self)
        return found if type(self) is not EnvSettingsSource else Noting(found)

    EnvSettingsSource._load_env_vars = load


def _configurations() -> None:
    from configurations import importer

    importer.installed = True  # as `configurations.setup()` would, which needs a settings module


recorders = {
    "pydantic_settings": _pydantic_settings,
    "goodconf": _pydantic_settings,
    "configurations": _configurations,
}


def _hear(event, arguments) -> None:
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        opened.add(os.path.abspath(os.fspath(arguments[0])))


class Program:
    """The files of one program in their own folder."""

    def __init__(self, files) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="oracle-")).resolve()
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.main = None

    def run(self, environ):
        """Run once and return the outcome and the number of errors."""
        # os.environ would also set the variables of the process itself, which is slow and not needed here.
        os.environ._data.clear()
        os.environ._data.update({os.fsencode(key): os.fsencode(value) for key, value in environ.items()})
        looked_up.clear()
        opened.clear()
        os.chdir(self.folder)
        try:
            if self.main is None:
                return _shown(self._execute()), 0
            return repr(self.main()), 0
        except Exception as error:
            count = error.error_count() if hasattr(error, "error_count") else 1
            return f"{type(error).__name__}: {error}", count
        except SystemExit as end:
            return f"exit {end.code}", 0 if end.code in (None, 0) else 1

    def _execute(self):
        self._forget_modules()
        module = types.ModuleType("app")
        module.__file__ = str(self.folder / "app.py")
        sys.modules["app"] = module
        sys.path.insert(0, str(self.folder))
        try:
            code = compile(Path(module.__file__).read_text(encoding="utf-8"), module.__file__, "exec")
            exec(code, module.__dict__)
        finally:
            sys.path.remove(str(self.folder))
        if callable(module.__dict__.get("main")):
            self.main = module.__dict__["main"]
            return {"main": self.main()}
        return module.__dict__

    def _forget_modules(self) -> None:
        importlib.invalidate_caches()
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(str(self.folder) + os.sep):
                del sys.modules[name]

    def close(self) -> None:
        self._forget_modules()
        os.chdir("/")
        shutil.rmtree(self.folder)


def _shown(module) -> str:
    held = {name: value for name, value in module.items() if not name.startswith("__")}
    return repr({name: value for name, value in held.items() if not isinstance(value, _PLAIN)})


def _answer(request, programs):
    if "files" in request:
        for old in programs:
            old.close()
        programs[:] = [Program(request["files"])]
    (program,) = programs
    found = []
    for environ in request["runs"]:
        outcome, errors = program.run(environ)
        folder = str(program.folder) + os.sep
        names, files = sorted(map(str, looked_up)), sorted(opened)
        found.append(
            {
                "outcome": _ADDRESS.sub("", outcome),
                "errors": errors,
                "names": names,
                "files": [name[len(folder) :] for name in files if name.startswith(folder)],
            }
        )
    return found


def main() -> None:
    """Answer requests until there are no more. The output of the programs is discarded."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.dont_write_bytecode = True
    library = sys.argv[1]
    sys.argv[1:] = []
    importlib.import_module(library)
    if library in recorders:
        recorders[library]()
    os.environ.__class__ = Recording
    sys.addaudithook(_hear)
    programs: list = []
    for line in sys.stdin:
        answers.write(json.dumps(_answer(json.loads(line), programs)) + "\n")
        answers.flush()
    for program in programs:
        program.close()


if __name__ == "__main__":
    main()
