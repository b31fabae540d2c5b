"""The oracle's child process: runs sample apps under real Flask and reports which statement set each key."""

from __future__ import annotations

import importlib
import inspect
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from dotenv import dotenv_values
from flask import Flask
from flask.config import Config

Origin = tuple[str, str, int]
LOADERS = ("from_envvar", "from_file", "from_mapping", "from_object", "from_prefixed_env", "from_pyfile")


class TracingConfig(Config):
    """Flask's configuration, which records for each key the outermost statement of the app that set it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.origins: dict[str, Origin] = {}
        self.step: Origin | None = None
        super().__init__(*args, **kwargs)

    def __setitem__(self, key: str, value: object) -> None:
        self._set("[]=", key, value)

    def update(self, *args: Any, **kwargs: Any) -> None:
        for key, value in dict(*args, **kwargs).items():
            self._set("update", key, value)

    def setdefault(self, key: str, default: object = None) -> object:
        if key not in self:
            self._set("setdefault", key, default)
        return self[key]

    def __ior__(self, other: Mapping[str, object]) -> TracingConfig:  # type: ignore[override,misc]
        for key, value in other.items():
            self._set("|=", key, value)
        return self

    def _set(self, method: str, key: str, value: object) -> None:
        self.origins[key] = self.step or _statement(method)
        super().__setitem__(key, value)


def _traced(name: str) -> Callable[..., object]:
    plain = getattr(Config, name)

    def method(self: TracingConfig, *args: Any, **kwargs: Any) -> object:
        if self.step is not None:
            return plain(self, *args, **kwargs)
        self.step = _statement(name)
        try:
            return plain(self, *args, **kwargs)
        finally:
            self.step = None

    return method


def _statement(method: str) -> Origin:
    """The statement of the app that is running; if there is none, Flask itself sets a default."""
    folder = os.getcwd() + os.sep
    frame = inspect.currentframe()
    while frame is not None:
        if frame.f_code.co_filename.startswith(folder):
            return method, frame.f_code.co_filename.removeprefix(folder), frame.f_lineno
        frame = frame.f_back
    return "default", "", 0


def _run(folder: str, env_file: str) -> dict[str, Any]:
    os.chdir(folder)
    sys.path.insert(0, folder)
    os.environ.update({key: value or "" for key, value in dotenv_values(env_file).items()})
    try:
        module = importlib.import_module("app")
        app = module.app if hasattr(module, "app") else module.create_app()
    except Exception as error:
        return {"values": {}, "origins": {}, "error": f"{type(error).__name__}: {error}"}
    values = {key: repr(value) for key, value in app.config.items()}
    origins = {key: app.config.origins.get(key, ("default", "", 0)) for key in app.config}
    return {"values": values, "origins": origins, "error": ""}


def main() -> None:
    """Read folders as JSON, answer with their configurations as JSON."""
    Flask.config_class = TracingConfig
    for name in LOADERS:
        setattr(TracingConfig, name, _traced(name))
    environ, path, modules = dict(os.environ), list(sys.path), set(sys.modules)
    answers = []
    for folder in json.load(sys.stdin):
        answers.append(_run(folder, sys.argv[1]))
        os.environ.clear()
        os.environ.update(environ)
        sys.path[:] = path
        importlib.invalidate_caches()
        for name in set(sys.modules) - modules:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(folder):
                del sys.modules[name]
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
