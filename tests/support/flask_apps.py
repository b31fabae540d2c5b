"""Generates small Flask apps, the same ones for the same seed, for comparison with Flask itself."""

from __future__ import annotations

from random import Random

KEYS = ("ALPHA", "BETA", "GAMMA", "DELTA_KEY", "SECRET_KEY", "DEBUG", "Mixed", "lower")
CLASSES = ("Base", "Development", "Production")
ENV = ("FLASK_ALPHA", "FLASK_BETA", "FLASK_MAIL__PORT", "FLASK_MAIL__SERVER__NAME", "FLASK_gamma", "OTHER")


def generate(seed: int) -> dict[str, str]:
    """The files of one app by name: `app.py`, `config.py`, `settings.py`, `extra.cfg`, `.env`."""
    random = Random(seed)
    return {
        "config.py": _config_module(random),
        "settings.py": _with_import(_assignments(random, "")),
        "extra.cfg": _with_import(_assignments(random, "")),
        "instance/local.py": _with_import(_assignments(random, "")),
        ".env": "".join(f"{name}={random.choice(('1', 'text', 'true'))}\n" for name in _some(random, ENV)),
        "app.py": random.choice((_module_app, _factory_app, _split_factory_app))(random),
    }


def _some(random: Random, names: tuple[str, ...]) -> list[str]:
    return random.sample(names, random.randint(1, len(names) - 1))


def _assignments(random: Random, indent: str) -> str:
    return "".join(f"{indent}{key} = {_value(random)}\n" for key in _some(random, KEYS))


def _value(random: Random) -> str:
    return random.choice(
        ("1", "'text'", "None", "[1, 2]", "os.environ.get('OTHER', 'x')", "os.getenv('OTHER')")
    )


def _with_import(text: str) -> str:
    return "import os\n" + text if "os." in text else text


def _config_module(random: Random) -> str:
    parts = ["class Mixin:\n", _assignments(random, "    ")]
    parts += ["class Base:\n", _assignments(random, "    ")]
    bases = random.choice(("Base", "Mixin, Base", "Base, Mixin"))
    parts += [f"class Development({bases}):\n", _assignments(random, "    ")]
    parts += [f"class Production({random.choice(('Base', 'Development'))}):\n", "    pass\n"]
    parts += ['config = {"development": Development, "production": Production, "default": Base}\n']
    return _with_import("".join(parts))


def _step(random: Random, name: str) -> str:
    key, other = random.sample(KEYS, 2)
    return random.choice(
        (
            f'app.config["{key}"] = {_value(random)}',
            f"app.config.update({key}=1, {other}=2)",
            f'app.config.update({{"{key}": 1}}, {other}=2)',
            f'app.config.setdefault("{key}", 3)',
            f"app.config.from_mapping({key}=1)",
            f'app.config.from_mapping({{"{key}": 1, "{other}": 2}})',
            f"app.config.from_mapping(\n    {key}=1,\n    {other}=2,\n)",
            f"app.config.from_object({random.choice(CLASSES)})",
            f"app.config.from_object(config.{random.choice(CLASSES)})",
            f"app.config.from_object({random.choice(CLASSES)}())",
            f'app.config.from_object("config.{random.choice(CLASSES)}")',
            'app.config.from_object("settings")',
            "app.config.from_object(settings)",
            f"app.config.from_object(config.config[{name}])",
            "app.config.from_pyfile('extra.cfg')",
            "app.config.from_pyfile('absent.cfg', silent=True)",
            "app.config.from_pyfile('instance/local.py')",
            "app.config.from_prefixed_env()",
            'app.config.from_prefixed_env("FLASK")',
            'app.config.from_prefixed_env(prefix="OTHER")',
            f'app.config |= {{"{key}": 4}}',
        )
    )


def _steps(random: Random, name: str, indent: str) -> str:
    steps = "\n".join(_step(random, name) for _ in range(random.randint(2, 6)))
    return "".join(f"{indent}{line}\n" for line in steps.splitlines())


def _head(text: str) -> str:
    imports = "from flask import Flask\nimport config\nimport settings\n"
    return _with_import(imports + f"from config import {', '.join(CLASSES)}\n" + text)


def _module_app(random: Random) -> str:
    return _head("app = Flask(__name__)\n" + _steps(random, '"production"', ""))


def _factory_app(random: Random) -> str:
    body = "    app = Flask(__name__)\n" + _steps(random, "name", "    ") + "    return app\n"
    return _head(f'def create_app(name="development"):\n{body}app = create_app()\n')


def _split_factory_app(random: Random) -> str:
    helper = "def configure(app):\n" + _steps(random, '"default"', "    ")
    body = (
        "    app = Flask(__name__)\n"
        + _steps(random, "name", "    ")
        + "    configure(app)\n    return app\n"
    )
    return _head(f'{helper}def create_app(name="development"):\n{body}app = create_app("production")\n')
