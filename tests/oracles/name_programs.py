"""Generates small programs of several modules that pass the names of variables through many expressions.

The parts are in `programs_of_names/*.txt`: where a name is written, how it is read, functions and classes
that read. A program puts some parts into their own modules, imports them in one of many ways, and may run the
rest inside a function, loop or block. The same seed gives the same program.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

Files = dict[str, str]
_FOLDER = Path(__file__).with_name("programs_of_names")


@dataclass(frozen=True)
class Made:
    """Lines of a module, the name that they define, and the expressions that use this name."""

    name: str
    lines: str
    uses: tuple[str, ...] = ()


def _table(name: str) -> tuple[Made, ...]:
    _, *parts = (_FOLDER / f"{name}.txt").read_text("utf-8").split("\n===")
    return tuple(_made(part) for part in parts)


def _made(part: str) -> Made:
    name, *lines = part.rstrip("\n").split("\n")
    uses = tuple(line.removeprefix("> ") for line in lines if line.startswith("> "))
    return Made(name.strip(), "\n".join(line for line in lines if not line.startswith("> ")), uses)


KEYS, LOOPS, READS = _table("keys"), _table("loops"), _table("reads")
WRAPPERS, CLASSES = _table("wrappers"), _table("classes")
_EACH = (
    "for n in $:\n    x = os.environ[n]",
    "for n in $:\n    x = os.environ.get(n)",
    "x = [os.environ[n] for n in $]",
    "x = {n: os.getenv(n) for n in $}",
    "for i, n in enumerate($):\n    x = os.environ[n]",
    "for n, _ in zip($, range(9)):\n    x = os.environ[n]",
    "def read(n):\n    return os.environ[n]\nx = [read(n) for n in $]",
    "def read(n):\n    return os.environ[n]\nx = list(map(read, $))",
    "def read(*names):\n    return [os.environ[n] for n in names]\nx = read(*$)",
    "def read(names):\n    return [os.environ[n] for n in names]\nx = read($)",
    "first, *rest = $\nx = os.environ[first]",
    "missing = [n for n in $ if n not in os.environ]\nif missing:\n    raise RuntimeError",
    "missing = [n for n in $ if not os.getenv(n)]\nif missing:\n    raise RuntimeError",
    "if not all(n in os.environ for n in $):\n    raise RuntimeError",
    "if any(not os.getenv(n) for n in $):\n    raise RuntimeError",
    "x = next((os.environ[n] for n in $ if n in os.environ), None)",
)
_INSIDE = (
    *("{}", "{}", "{}", "if True:\n    {}", "def run():\n    {}\nrun()", "for _ in range(1):\n    {}"),
    "def run():\n    def inner():\n        {}\n    inner()\nrun()",
    "try:\n    {}\nfinally:\n    pass",
    "import contextlib\nwith contextlib.nullcontext():\n    {}",
    "class Here:\n    {}",
)
_PREFIXES = {
    "class": "prefix = '@'",
    "init": "def __init__(self):\n    self.prefix = '@'",
    "super": "def __init__(self):\n    super().__init__()\n    self.prefix = '@'",
    "property": "@property\ndef prefix(self):\n    return '@'",
    "none": "pass",
}
# By what a base class defines: what a derived class may define.
_PAIRS = {
    "none": ("class", "init", "property"),
    "class": ("none", "class", "init", "super", "property"),
    "init": ("none", "class", "init", "super"),
    "property": ("none", "class", "property"),
}
_METHODS = (
    "def get(self, name):\n    return os.environ[self.prefix + name]",
    "def get(self, name):\n    return os.environ[f'{self.prefix}{name.upper()}']",
    "def get(self, name):\n    return os.environ[self.key(name)]\n"
    "def key(self, name):\n    return self.prefix + name",
    "def get(self, name):\n    return os.environ['%s%s' % (self.prefix, name)]",
    "def get(self, name):\n    return os.environ['{}{}'.format(self.prefix, name)]",
    "def get(self, name):\n    return os.environ[''.join([self.prefix, name])]",
    "def get(self, name):\n    key = self.prefix\n    key += name\n    return os.environ[key]",
    "def get(self, name):\n    def inner(n):\n        return os.environ[self.prefix + n]\n"
    "    return inner(name)",
)
_ASKED = (
    ("$().get(@)", "pass"),
    ("$().more(@)", "def more(self, name):\n    return self.get(name)"),
    ("$().upper(@)", "def upper(self, name):\n    return super().get(name)"),
    ("$().load()", "def load(self):\n    return self.get('LOADED')"),
)


@dataclass
class _Program:
    """The files of a program while they are generated."""

    random: Random
    files: Files = field(default_factory=dict)
    imports: list[str] = field(default_factory=list)

    def put(self, made: Made, module: str) -> str:
        """Write lines into their own module.

        Return the expression with which `app.py` accesses what they define.
        """
        name, how = made.name, self.random.randrange(14)
        if how == 0:
            self.imports.append(made.lines)
            return name
        folder = "pkg/" if how >= 8 else ""
        self.files[f"{folder}{module}.py"] = made.lines + "\n"
        if folder:
            self.files.setdefault("pkg/__init__.py", "")
        imported, used = (
            ("", ""),
            (f"import {module}", f"{module}.{name}"),
            (f"import {module} as m_{module}", f"m_{module}.{name}"),
            (f"from {module} import {name}", name),
            (f"from {module} import {name} as n_{name}", f"n_{name}"),
            (f"from {module} import *", name),
            (f"try:\n    from {module} import {name}\nexcept ImportError:\n    {name} = None", name),
            (f"from hub_{module} import renamed_{name}", f"renamed_{name}"),
            (f"from pkg.{module} import {name}", name),
            (f"import pkg.{module}", f"pkg.{module}.{name}"),
            (f"from pkg import {module}", f"{module}.{name}"),
            (f"from pkg import {name}", name),
            (f"import pkg.{module} as m_{module}", f"m_{module}.{name}"),
            (f"from pkg.api_{module} import {name}", name),
        )[how]
        self.imports.append(imported)
        self._hand_on(how, module, name)
        return used

    def _hand_on(self, how: int, module: str, name: str) -> None:
        """Write a module between the two that only passes the name on, if there is one."""
        if how == 7:
            self.files[f"hub_{module}.py"] = f"from {module} import {name} as renamed_{name}\n"
        if how == 11:
            self.files["pkg/__init__.py"] += f"from .{module} import {name}\n"
        if how == 13:
            ways = (
                f"from .{module} import *\n",
                f"from . import {module}\n{name} = {module}.{name}\n",
                f"from pkg.{module} import {name}\n",
            )
            self.files[f"pkg/api_{module}.py"] = self.random.choice(ways)

    def key(self) -> str:
        """An expression whose value is a name."""
        if self.random.randrange(4) == 0:
            return "'A'"
        return self.use(self.random.choice(KEYS), "consts")

    def use(self, made: Made, module: str) -> str:
        """One of the ways to use what some lines define."""
        return self.random.choice(made.uses).replace("$", self.put(made, module))

    def inside(self, code: str) -> str:
        """The code inside a block that runs once, or the code itself."""
        around = self.random.choice(_INSIDE)
        if "class" in around and "[" in code:
            return code  # comprehensions do not see the names of the surrounding class
        before, _, after = around.partition("{}")
        indent = " " * (len(before) - len(before.rstrip(" ")))
        return before + textwrap.indent(code, indent).strip(" ") + after


def program(seed: int) -> Files:
    """The files of the program for a seed."""
    it = _Program(Random(seed))
    kinds = (_read, _loop, _wrapper, _class, _derived)
    body = it.inside(it.random.choice(kinds)(it))
    return {"app.py": "\n".join(["import os", *it.imports, body]) + "\n", **it.files}


def _read(it: _Program) -> str:
    return it.random.choice(READS).lines.replace("@", it.key())


def _loop(it: _Program) -> str:
    return it.random.choice(_EACH).replace("$", it.use(it.random.choice(LOOPS), "names"))


def _wrapper(it: _Program) -> str:
    return "x = " + it.use(it.random.choice(WRAPPERS), "env").replace("@", it.key())


def _class(it: _Program) -> str:
    return "x = " + it.use(it.random.choice(CLASSES), "env").replace("@", it.key())


def _derived(it: _Program) -> str:
    """A class that derives from one with another prefix, with no prefix or with the same prefix."""
    below = it.random.choice(tuple(_PAIRS))
    above = it.random.choice(_PAIRS[below])
    asked, more = it.random.choice(_ASKED)
    base = _class_of("Base", _PREFIXES[below].replace("@", "B_"), it.random.choice(_METHODS))
    own = (_PREFIXES[above].replace("@", "D_"), more)
    if it.random.randrange(2):
        used = it.put(Made("Mine", f"import os\n{base}\n{_class_of('Mine(Base)', *own)}"), "env")
    else:
        used = "Mine"
        below_it = it.put(Made("Base", f"import os\n{base}"), "env")
        it.imports.append(_class_of(f"Mine({below_it})", *own))
    return "x = " + asked.replace("$", used).replace("@", it.key())


def _class_of(name: str, *parts: str) -> str:
    return f"class {name}:\n" + "\n".join(textwrap.indent(part, "    ") for part in parts)
