"""Generates the projects that are measured; they are always the same."""

from __future__ import annotations

from pathlib import Path

MODULES = 300
READS = 1400
LINES = 10_000

_CONFIG = '''\
"""The settings of the app."""

import os


def env(name, default=None):
    return os.environ.get(name, default)


class Config:
'''

_MODULE = """\
from flask import current_app

from app.config import Config, env

LIMIT_{n} = int(env("LIMIT_{n}", "10"))


class Service{n}:
    def __init__(self, url=None):
        self.url = url or env("SERVICE_{n}_URL")

    def timeout(self):
        return current_app.config["SETTING_{setting}"] + LIMIT_{n}

    def call(self, items):
        found = []
        for item in items:
            if item.kind == "{n}" and item.size > LIMIT_{n}:
                found.append((item.name, self.url, self.timeout()))
        return sorted(found)
"""

_FACTORY = """\
from flask import Flask

from app.config import Config
{imports}


def create_app():
    app = Flask(__name__)
    app.config.from_object(Config)
    return app
"""


def write_app(root: Path) -> Path:
    """Write a Flask app whose modules read the environment through one module of 300 lines.

    Return that module.
    """
    package = root / "app"
    package.mkdir(parents=True)
    settings = 290
    config = package / "config.py"
    lines = (f'    SETTING_{n} = env("SETTING_{n}", {n})' for n in range(settings))
    config.write_text(_CONFIG + "\n".join(lines) + "\n", "utf-8")
    for n in range(MODULES):
        module = _MODULE.format(n=n, setting=n % settings)
        (package / f"service_{n}.py").write_text(module, "utf-8")
    imports = "\n".join(f"from app.service_{n} import Service{n}" for n in range(MODULES))
    (package / "__init__.py").write_text(_FACTORY.format(imports=imports), "utf-8")
    (root / "Procfile").write_text("web: gunicorn 'app:create_app()'\n", "utf-8")
    (root / ".env").write_text("".join(f"SERVICE_{n}_URL=http://x/{n}\n" for n in range(MODULES)), "utf-8")
    return config


def write_long_file(root: Path) -> Path:
    """Write a project with one file of 10,000 lines, 1,400 of which read a variable; return the file."""
    root.mkdir(parents=True)
    lines = ["import os", ""]
    for n in range(READS):
        lines += [
            f"def function_{n}(first, second):",
            f'    value = os.environ.get("VARIABLE_{n}", "{n}")',
            "    if first and value:",
            f"        second.append((first, value, {n}))",
            "    return second",
            "",
            "",
        ]
    lines += [f"TABLE_{n} = ({n}, {n + 1})" for n in range(LINES - len(lines))]
    file = root / "long.py"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    (root / ".env").write_text("".join(f"VARIABLE_{n}={n}\n" for n in range(READS)), "utf-8")
    return file
