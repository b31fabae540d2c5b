"""Python code that could make the analysis explode: the work grows at most as n log n, and other reads are
found.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import pytest

from support.growth import calls_of, grows_too_fast
from support.python_facts import analyze

pytestmark = [pytest.mark.beyond_limits, pytest.mark.slow]

Shape = Callable[[int], str]
CALLS = 500
"""The maximum number of calls for each character; ordinary code needs about 20."""


def lines(line: str) -> Shape:
    """Repeat a line; `#` is replaced with its number, `@` with the number of the line before."""
    return lambda n: "".join(
        f"{line}\n".replace("#", str(i)).replace("@", str(i - 1)) for i in range(1, n + 1)
    )


def chain(part: str, sign: str, end: str = "") -> Shape:
    return lambda n: "k = " + sign.join(part.replace("#", str(i)) for i in range(n)) + end + "\n"


def nest(before: str, after: str, inner: str = "os.environ['A']") -> Shape:
    return lambda n: f"k = {before * n}{inner}{after * n}\n"


def clique(n: int) -> str:
    """Functions each of which returns the results of all others: a text of n * n calls."""
    return "".join(
        f"def f{i}(): return {' or '.join(f'f{j}()' for j in range(n))}\nos.environ[f{i}()]\n"
        for i in range(n)
    )


def clique_of_groups(n: int) -> str:
    """click groups, each of which contains all groups before it."""
    return "".join(
        f"@click.group()\ndef g{i}(): pass\n" + "".join(f"g{i}.add_command(g{j})\n" for j in range(i))
        for i in range(n)
    )


def clique_of_apps(n: int) -> str:
    """cyclopts apps, each of which is part of all others."""
    apps = "".join(f"a{i} = App()\n" for i in range(n))
    return apps + "".join(f"a{i}.command(a{j})\n" for i in range(n) for j in range(n))


def typer_apps(n: int) -> str:
    """Typer apps, each of which is part of the one before, with a command each."""
    apps = "import typer\na0 = typer.Typer(context_settings={'auto_envvar_prefix': 'P'})\n"
    return apps + "".join(
        f"a{i} = typer.Typer(help='{i}')\na{i - 1}.add_typer(a{i}, name='b{i}')\n"
        f"@a{i}.command()\ndef f{i}(x=1): ...\n@a0.command()\ndef g{i}(x=1): ...\n"
        for i in range(1, n + 1)
    )


def flask(shape: Shape) -> Shape:
    return lambda n: "from flask import Flask\napp = Flask(__name__)\n" + shape(n)


SHAPES: dict[str, tuple[int, Shape]] = {
    "typer apps in apps": (40, typer_apps),
    "tuples that double": (20, lambda n: "t0 = 'A', 'B'\n" + lines("t# = (t@, t@); os.environ[t#[0]]")(n)),
    "texts that double": (60, lambda n: "k0 = 'A'\n" + lines("k# = k@ + k@; os.environ[k#]")(n)),
    "strings of a caller that double": (
        60,
        lambda n: "def f(k0):\n" + lines("    k# = k@ + k@; os.environ[k#]")(n) + "f('A')\n",
    ),
    "dicts that double": (
        20,
        lambda n: "k0 = {'a': 'A'}\n" + lines("k# = {'a': k@, 'b': k@}; os.environ[k#['a']]")(n),
    ),
    "arguments that double": (60, lambda n: "k0 = 'A'\n" + lines("k# = os.getenv(k@, k@)")(n)),
    "methods upon methods": (100, lambda n: "def f(k0):\n" + lines("    k# = k@.upper(); os.environ[k#]")(n)),
    "or: one name": (150, lambda n: "a = 'A'\n" + chain("a", " or ")(n) + "os.environ[k]\n"),
    "or: texts": (200, lambda n: chain("'A#'", " or ")(n) + "os.environ[k]\n"),
    "or: reads": (200, chain("os.getenv('A#')", " or ")),
    "and: tests and a read": (200, chain("'A#' in os.environ", " and ", " and os.environ['A1']")),
    "plus: texts": (200, lambda n: chain("'A'", " + ")(n) + "os.environ[k]\n"),
    "plus: reads": (200, chain("os.environ['A#']", " + ")),
    "if c: k = …": (100, lambda n: "k = 'A'\n" + lines("if c: k = 'N#'")(n) + "os.environ[k]\n"),
    "if c: k = …, each used": (100, lambda n: "k = 'A'\n" + lines("if c: k = 'N#'\nos.environ[k]")(n)),
    "one name bound again and again": (150, lines("k = 'N#'\nos.environ[k]")),
    "one name bound in a loop": (100, lambda n: "for i in y:\n" + lines("    k = 'A#'; os.environ[k]")(n)),
    "one name loops over another list each time": (100, lines("for k in ('A#', 'B#'): os.environ[k]")),
    "global": (100, lambda n: "k = 'A'\n" + lines("def f#():\n    global k\n    k = 'A#'; os.environ[k]")(n)),
    "conditional expressions": (100, lambda n: "k = " + "'N' if c else " * n + "'A'\nos.environ[k]\n"),
    "conditional expressions with reads": (
        500,
        lambda n: "k = " + "os.environ['N'] if c else " * n + "'A'\n",
    ),
    "parentheses": (800, nest("(", ")")),
    "brackets": (800, nest("[", "]")),
    "str(": (500, nest("str(", ")")),
    "a default in a default": (300, nest("os.getenv('A', ", ")", "''")),
    "lambdas": (400, nest("lambda: ", "")),
    "not": (800, lambda n: "if " + "not " * n + "os.getenv('A'): raise E\n"),
    "parentheses around a test": (
        500,
        lambda n: "k = os.getenv('A')\nif not " + "(" * n + "k" + ")" * n + ": raise E\n",
    ),
    "methods": (500, nest("", ".strip()")),
    "attributes": (1000, nest("", ".a", "os.environ")),
    "items": (1000, nest("", "[0]")),
    "names in comprehensions": (
        60,
        lambda n: "k = " + "[" * n + "os.environ['A']" + " for a in b]" * n + "\n",
    ),
    "comprehensions over one name": (150, lines("x = [os.environ[k] for k in ('A#', 'B#')]")),
    "f-strings in f-strings": (50, nest("f'{", "}'", "os.environ['A']")),
    "a format string of many parts": (
        200,
        lambda n: f"k = '{'{}' * n}'.format({'1, ' * n})\nos.environ[k]\n",
    ),
    "a string of many parts": (200, lambda n: "k = (" + "'A' " * n + ")\nos.environ[k]\n"),
    "one line of 60 KB and more": (1250, lambda n: "x = [" + "'0123456789', " * n + "os.environ['A']]\n"),
    "reads in one line": (200, lambda n: "x = [" + "os.environ['A'], " * n + "]\n"),
    "arguments of one call": (200, lambda n: "f(" + "os.environ['A'], " * n + ")\n"),
    "keyword arguments of one call": (
        200,
        lambda n: "f(" + "".join(f"k{i}=os.environ['A{i}'], " for i in range(n)) + ")\n",
    ),
    "tests that raise, then reads": (
        150,
        lines("k# = os.environ.get('A#')\nif not k#: raise E"),
    ),
    "methods that call each other in a circle": (
        60,
        lambda n: (
            "class C:\n"
            + "".join(
                f"    def m{i}(self, k): return self.m{(i + 1) % n}(k) if k else os.environ[k]\n"
                for i in range(n)
            )
            + "C().m0('A')\n"
        ),
    ),
    "functions that call each other in a circle": (
        60,
        lambda n: (
            "".join(f"def m{i}(k): return m{(i + 1) % n}(k) if k else os.environ[k]\n" for i in range(n))
            + "m0('A')\n"
        ),
    ),
    "one name read again and again": (200, lambda n: "e = os.environ\n" + "e['A']\n" * n),
    "all reads are assigned to one name": (200, lambda n: "x = os.environ.get('A')\n" * n),
    "a dict of reads": (
        200,
        lambda n: "d = {" + "".join(f"'k{i}': os.environ['A{i}'], " for i in range(n)) + "}\n",
    ),
    "tests, then reads": (150, lines("if 'A#' in os.environ: pass\nos.environ['A#']")),
    "ways out, then reads": (150, lines("if not os.getenv('A#'): raise E\nos.environ['A#']")),
    "assertions, then reads": (150, lines("assert os.getenv('A#')\nos.environ['A#']")),
    "set, then read": (150, lines("os.environ['A#'] = 'x'\nos.environ['A#']")),
    "set under a condition, then read": (150, lines("if c: os.environ['A'] = 'x'\nos.environ['A']")),
    "switches": (100, lines("S# = os.getenv('S#')\nif S#: os.environ['A#']")),
    "one switch of many sources": (
        100,
        lambda n: lines("S = os.getenv('S#')")(n) + "if S and S:\n" + lines("    os.environ['A#']")(n),
    ),
    "elif": (150, lambda n: "if a: pass\n" + lines("elif os.getenv('A#'): os.environ['B#']")(n)),
    "elif that compares one name": (
        150,
        lambda n: "k = os.getenv('K')\nif a: pass\n" + lines("elif k == '#': x = os.environ['B#']")(n),
    ),
    "case": (150, lambda n: "match k:\n" + lines("    case '#': x = os.environ['B#']")(n)),
    "except": (150, lambda n: "try: os.environ['A']\n" + lines("except E#: os.environ['B#']")(n)),
    "functions": (150, lines("def f#(): return os.environ['A#']")),
    "comments that suppress": (200, lines("x = os.environ['A#']  # configvars: ignore")),
    "settings of many fields": (
        150,
        lambda n: (
            "from pydantic_settings import BaseSettings\nfrom pydantic import Field\n"
            "class S(BaseSettings):\n" + lines("    a#: str = Field(alias='B#')")(n)
        ),
    ),
    "models that contain each other": (
        60,
        lambda n: (
            "from pydantic_settings import BaseSettings\nclass M:\n"
            + lines("    a#: 'M'\n    b#: M")(n)
            + "class S(BaseSettings, env_nested_delimiter='__'):\n    m: M\n"
        ),
    ),
    "settings classes with three bases each": (
        24,
        lambda n: (
            "from pydantic_settings import BaseSettings\nclass A0(BaseSettings): x: int\nB0 = C0 = A0\n"
            + lines(
                "".join(f"class {c}#(A@, B@, C@):\n    class Config: a = 1\n    {c}#: int\n" for c in "ABC")
            )(n)
        ),
    ),
    "commands of click in groups in groups": (
        80,
        lambda n: (
            "import click\n"
            + clique_of_groups(math.isqrt(n))
            + "@g0.command()\n@click.option('--x')\ndef c(x): pass\n"
            + f"g{math.isqrt(n) - 1}(auto_envvar_prefix='P')\n"
        ),
    ),
    "apps of cyclopts in each other": (
        80,
        lambda n: (
            "from cyclopts import App\n"
            + clique_of_apps(math.isqrt(n))
            + "@a0.command\ndef f(x: int = 1): pass\n"
        ),
    ),
    "keys that Flask could load": (
        100,
        lambda n: "from flask import Flask\napp = Flask('x')\n" + lines("key = 'A'\nKEY = 'B'")(n),
    ),
    "configurations that derive from each other": (
        60,
        flask(lambda n: "class C0: K0 = 1\n" + lines("class C#(C@): K# = 1\napp.config.from_object(C#)")(n)),
    ),
    "one configuration loaded again and again": (
        60,
        flask(lambda n: "class C:\n" + lines("    K# = 1")(n) + lines("app.config.from_object(C)")(n)),
    ),
    "functions that pass a configuration on, in reverse order": (
        60,
        flask(
            lambda n: (
                "class C: K = 1\n"
                + "".join(f"def f{i}(app, c): f{i - 1}(app, c)\n" for i in range(n, 0, -1))
                + f"def f0(app, c): app.config.from_object(c)\nf{n}(app, C)\n"
            )
        ),
    ),
    "prefixes of the environment, and uses": (
        60,
        flask(lambda n: lines("app.config.from_prefixed_env('P#')")(n) + lines("app.config['K#']")(n)),
    ),
    "classes that derive from each other": (
        60,
        lambda n: "class C0: K = 'A'\n" + lines("class C#(C@): pass\nos.environ[C#.K]")(n),
    ),
    "classes with two bases each": (
        30,
        lambda n: (
            "class A0: K = 'A'\nclass B0: K = 'B'\n"
            + lines("class A#(A@, B@): pass\nclass B#(A@, B@): pass\nos.environ[A#.K]; os.environ[B#.Z]")(n)
        ),
    ),
    "a class of many bases": (
        60,
        lambda n: (
            lines("class C#: K# = 'A'")(n)
            + f"class D({', '.join(f'C{i}' for i in range(1, n))}): pass\n"
            + lines("os.environ[D.K#]")(n)
        ),
    ),
    "parameters, and calls": (
        130,
        lambda n: (
            f"def f({', '.join(f'p{i}' for i in range(n))}): return os.environ[p0]\n" + lines("f('A#')")(n)
        ),
    ),
    "modules from which everything is imported": (60, lines("from m# import *\nos.environ[N#]")),
    "added to in a loop": (60, lambda n: "k = 'A'\nfor i in y:\n" + "    k += 'B'; os.environ[k]\n" * n),
    "assigned to itself in a loop": (
        60,
        lambda n: "k = 'A'\nwhile x:\n" + "    k = k or 'A'; os.environ[k]\n" * n,
    ),
    "names that are assigned in a circle in a loop": (
        60,
        lambda n: (
            "for i in y:\n"
            + "".join(
                f"    k{i} = k{(i * 7 + 1) % n} or k{(i + 1) % n}; os.environ[k{i}]\n" for i in range(n)
            )
        ),
    ),
    "functions that call each other": (100, lambda n: clique(math.isqrt(n))),
    "a long word with app in it": (2000, lambda n: "x = '" + "app" * n + "'\n"),
}


def source(shape: Shape, size: int) -> str:
    return f"import os\n{shape(size)}os.environ['LAST']\n"


@pytest.mark.parametrize("name", SHAPES)
def test_the_work_is_linear_in_the_text(name: str) -> None:
    size, shape = SHAPES[name]

    def work(n: int) -> None:
        facts = analyze("/ws/app.py", source(shape, n))
        assert facts.skipped is None
        assert "LAST" in {reference.variable.name for reference in facts.references}

    assert grows_too_fast(work, size, CALLS * len(source(shape, 4 * size))) is None


def test_settings_classes_with_many_bases_share_what_is_known_of_a_base() -> None:
    size, shape = SHAPES["settings classes with three bases each"]
    work = partial(analyze, "/ws/app.py", source(shape, 2 * size))
    work()
    assert calls_of(work) < 30_000 * 2 * size  # 145,000 if each class asks all its bases again


def test_the_reads_of_an_inherited_field_are_found_once() -> None:
    fields = lines("class S#(S@):\n" + "".join(f"    f#_{i}: int\n" for i in range(20)))(60)
    text = f"from pydantic_settings import BaseSettings\nclass S0(BaseSettings): x: int\n{fields}S60()\n"
    work = partial(analyze, "/ws/app.py", text)
    work()
    assert calls_of(work) < 3_000_000  # 7,000,000 if each class computes the names of all its fields
