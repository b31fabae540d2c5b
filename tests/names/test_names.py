"""How names are resolved, tested with the variables that are found and those that must not be found."""

from __future__ import annotations

import pytest

from support.python_facts import analyze, rendered

# Code that looks like a read but is none.
SILENT = [
    "def app(environ, start): environ['A']",
    "class C:\n    def f(self, os): return os.environ['A']",
    "environ = {}\nenviron['A']",
    "from somewhere import environ\nenviron['A']",
    "import somewhere as os2\nos2.environ['A']",
    "for os in x: os.environ['A']",
    "with x as os: os.environ['A']",
    "try: pass\nexcept E as os: os.environ['A']",
    "match x:\n    case os: os.environ['A']",
    "del os\nos.environ['A']",
    "[os.environ['A'] for os in x]",
    "lambda os: os.environ['A']",
    "def f():\n    os.environ['A']\n    os = 1",
    "class os: environ = {}\nos.environ['A']",
    "request.environ['A']",
    "self.environ.get('A')",
    "env = os.environ.copy()\nenv['A'] = 'x'",
    "from collections import ChainMap\nChainMap({'A': 'x'}, os.environ)['A']",
    "from werkzeug.local import LocalProxy\nLocalProxy(os.environ)['A']",
    "env = dict(os.environ, A='x')\nenv.update({'B': 'x'})",
    "# os.environ['A']\nx = '''os.environ['A']'''",
    "def f():\n    '''os.environ[\"A\"]'''",
    "config['A']\napp.config['A']\ncontext.config.get('A')",
    "class C:\n    env = os.environ\n    def f(self): env['A']",
    "os.environ['']",
    "os.environ.keys()\nfor k in os.environ: pass\nlen(os.environ)",
]
# Code that reads A, in every form.
FOUND = [
    "os.environ['A']",
    "os . environ [ 'A' ]",
    "os.environ[\n    'A'\n]",
    "os.environ['''A''']",
    "os.environ[r'A']",
    "import os as o\no.environ['A']",
    "from os import environ as e\ne['A']",
    "from os import *\nenviron['A']",
    "def f():\n    from os import environ\n    environ['A']",
    "env = os.environ\nenv['A']",
    "a = b = os.environ\nb['A']",
    "a, b = os.environ, 1\na['A']",
    "get = os.environ.get\nget('A')",
    "get = os.getenv\nget('A')",
    "if (env := os.environ): env['A']",
    "def f(x=os.getenv('A')): pass",
    "def f(env=os.environ): env['A']",
    "f = lambda: os.environ['A']",
    "f = lambda env=os.environ: env['A']",
    "[os.environ['A'] for x in y]",
    "@dec(os.environ['A'])\ndef f(): pass",
    "class C:\n    x = os.environ['A']",
    "class C:\n    env = os.environ\n    def f(self): self.env['A']",
    "class C:\n    def __init__(self): self.env = os.environ\n    def f(self): self.env['A']",
    "class C:\n    env = os.environ\nC.env['A']\nC().env",
    "def env(): return os.environ\nenv()['A']",
    "match os.environ['A']:\n    case 'x': pass",
    "async def f(): await g(os.environ['A'])",
    "if x: env = os.environ\nelse: env = {}\nenv['A']",
    "def f(env=None):\n    env = env or os.environ\n    env['A']",
    "def f(env=None):\n    if env is None: env = os.environ\n    env['A']",
    "env = None\ndef g():\n    global env\n    env = os.environ\ndef f(): env['A']",
    "getattr(os, 'environ')['A']",
    "__import__('os').environ['A']",
    "import importlib\nimportlib.import_module('os').environ['A']",
    "env = dict(os.environ)\nenv['A']",
    "env = {**os.environ, 'B': 'x'}\nenv['A']",
    "env = os.environ | {'B': 'x'}\nenv['A']",
    "from collections import ChainMap\nenv = ChainMap({'B': 'x'}, os.environ, {'C': 'x'})\nenv['A']",
    "from collections import ChainMap\nenv = ChainMap(vars(args), os.environ)\nenv['A']",
    "from werkzeug.local import LocalProxy\nenv = LocalProxy(lambda: os.environ)\nenv['A']",
    "print >>f, os.environ['A']",
    "type X = int\nos.environ['A']",
    "x = f'{os.environ['A']}'",
    "t = t'{os.environ[\"A\"]}'",
    "x = [*os.environ['A'].split()]",
]
# Names that are put together: the name, and the part of it that is written at the read.
NAMES = [
    ("K = 'A'\nos.environ[K]", ["A@K"]),
    ("class C:\n    K = 'A'\nos.environ[C.K]", ["A@C.K"]),
    ("P = 'X_'\nos.environ[P + 'A']", ["X_A@A"]),
    ("P = 'X'\nos.environ[f'{P}_A']", ["X_A@_A"]),
    ("os.environ['A' 'B']", ["AB@A' 'B"]),
    ("P = 'X'\nos.environ['%s_A' % P]", ["X_A@%s_A"]),
    ("P = 'X'\nos.environ['{}_A'.format(P)]", ["X_A@{}_A"]),
    ("P = 'X'\nos.environ['{p}_A'.format(p=P)]", ["X_A@{p}_A"]),
    ("os.environ['a'.upper()]", ["A@a"]),
    ("os.environ['_'.join(['A', 'B'])]", ["A_B@A', 'B"]),
    ("os.environ['A' if x else 'B']", ["A@A", "B@B"]),
    ("K = 'A'\nif x: K = 'B'\nos.environ[K]", ["A@K", "B@K"]),
    ("K = 'A'\nK = 'B'\nos.environ[K]", ["B@K"]),
    ("for k in ('A', 'B'): os.environ[k]", ["A@k", "B@k"]),
    ("for k, v in {'A': 1}.items(): os.environ[k]", ["A@k"]),
    ("for k, v in [('A', 1), ('B', 2)]: os.environ[k]", ["A@k", "B@k"]),
    ("for k, v in zip(['A', 'B'], values): os.environ[k]", ["A@k", "B@k"]),
    ("K = {'x': 'A'}\nos.environ[K['x']]", ["A@K['x']"]),
    ("import enum\nclass K(enum.Enum):\n    X = 'A'\nos.environ[K.X.value]", ["A@K.X.value"]),
    ("def f(k='A'): return os.environ[k]", ["A@k"]),
    ("K = g()\nos.environ[K]", []),
    ("K = 'A'\nK = g()\nos.environ[K]", []),
    ("os.environ[f'A_{x}']", []),
    ("os.environ['A_' + x]", []),
]
# Wrappers: the name in the last call, its position, and whether it is required.
WRAPPERS = [
    ("def f(k): return os.environ[k]\nf('A')", "A required"),
    ("def f(k): return os.environ.get(k)\nint(f('A'))", "A required"),
    ("def f(k, d=None): return os.environ.get(k, d)\nf('A')", "A optional"),
    ("def f(k, d=None): return os.environ.get(k, d)\nf('A', 1)", "A defaulted"),
    ("def f(k, d=''): return os.environ.get(k, d)\nf('A')", "A defaulted"),
    ("def f(k, d=None): return os.environ.get(k) or d\nf('A', d=1)", "A defaulted"),
    ("def f(k):\n    try: return os.environ[k]\n    except KeyError: raise E\nf('A')", "A required"),
    (
        "def f(k, d=X):\n    try: return os.environ[k]\n    except KeyError:\n"
        "        if d is X: raise E\n        return d\nf('A', 1)",
        "A defaulted",
    ),
    ("def f(k):\n    v = os.getenv(k)\n    if not v: raise E\n    return v\nf('A')", "A required"),
    ("def f(k): return os.getenv(k) == '1'\nf('A')", "A optional"),
    ("def f(k): return os.environ[k]\nif 'A' in os.environ: f('A')", "A guarded"),
    ("def f(k): return os.environ['X_' + k.upper()]\nf('a')", "X_A required"),
    ("def g(k): return os.environ[k]\ndef f(k): return g('X_' + k)\nf('A')", "X_A required"),
    ("f = lambda k: os.environ[k]\nf('A')", "A required"),
    ("def f(*, key): return os.environ[key]\nf(key='A')", "A required"),
    ("def o(p):\n    def i(k): return os.environ[p + k]\n    return i\no('X_')('A')", "X_A required"),
    (
        "from functools import partial\ndef f(p, k): return os.environ[p + k]\ng = partial(f, 'X_')\ng('A')",
        "X_A required",
    ),
    ("class C:\n    def f(self, k): return os.environ[k]\nC().f('A')", "A required"),
    ("class C:\n    @staticmethod\n    def f(k): return os.environ[k]\nC.f('A')", "A required"),
    ("class C:\n    @classmethod\n    def f(cls, k): return os.environ[k]\nC.f('A')", "A required"),
    (
        "class C:\n    def __init__(self, p): self.p = p\n"
        "    def f(self, k): return os.environ[self.p + k]\nC('X_').f('A')",
        "X_A required",
    ),
    ("class C:\n    def __call__(self, k): return os.environ[k]\nc = C()\nc('A')", "A required"),
    ("class C:\n    def __getitem__(self, k): return os.environ[k]\nc = C()\nc['A']", "A required"),
    ("class C:\n    def __init__(self, k): self.v = os.environ[k]\nC('A')", "A required"),
    (
        "class C:\n    def f(self, k): return os.environ[k]\nclass D(C):\n"
        "    def g(self): return self.f('A')",
        "A required",
    ),
    (
        "from typing import overload\n@overload\ndef f(k: str) -> str: ...\n"
        "def f(k): return os.environ[k]\nf('A')",
        "A required",
    ),
    ("def f(k):\n    return retry(lambda: os.environ[k])\nf('A')", "A required"),
    (
        "def f(k, d=None):\n    v = os.getenv(k)\n    if v is None:\n"
        "        if d is None: raise E\n        v = d\n    return v\nf('A')",
        "A required",
    ),
    (
        "M = object()\ndef f(k, d=M):\n    v = os.environ.get(k, M)\n    if v is M:\n"
        "        if d is M: raise E\n        return d\n    return v\nf('A')",
        "A required",
    ),
    (
        "M = object()\ndef f(k, d=M):\n    v = os.environ.get(k, M)\n    if v is M:\n"
        "        if d is M: raise E\n        return d\n    return v\nf('A', None)",
        "A optional",
    ),
    ("def f(*names):\n    for k in names: os.environ[k]\nf('B', 'A')", "A required"),
    ("def f(p, *names):\n    return [os.environ[p + k] for k in names]\nf('X_', 'A')", "X_A required"),
    ("def f(names):\n    return {k: os.getenv(k) for k in names}\nf(['B', 'A'])", "A optional"),
    ("def g(names):\n    for k in names: os.environ[k]\ndef f(*names): g(names)\nf('A')", "A required"),
    (
        "class C:\n    def __call__(self, k): return os.environ[k]\n"
        "    def i(self, k): return self(k)\nC().i('A')",
        "A required",
    ),
    ("def f(k, r=False):\n    if r: return os.environ[k]\n    return os.getenv(k)\nf('A')", "A optional"),
    (
        "def f(k, r=False):\n    if not r: return os.getenv(k)\n"
        "    else: return os.environ[k]\nf('A', r=True)",
        "A required",
    ),
]


@pytest.mark.parametrize("code", SILENT)
def test_is_not_found(code: str) -> None:
    assert [line for line in rendered(f"import os\n{code}\n") if " A " in line or "?" in line] == []


@pytest.mark.parametrize("code", FOUND)
def test_is_found(code: str) -> None:
    assert [line.split()[1:3] for line in rendered(f"import os\n{code}\n")] == [["A", "read"]]


@pytest.mark.parametrize(("code", "found"), NAMES)
def test_names_and_their_places(code: str, found: list[str]) -> None:
    text = f"import os\n{code}\n"
    references = analyze("/ws/app.py", text).references
    assert sorted(f"{one.variable.name}@{one.span.of(text)}" for one in references) == found


@pytest.mark.parametrize(("code", "found"), WRAPPERS)
def test_wrappers(code: str, found: str) -> None:
    name, need = found.split()
    lines = [line.split()[1:] for line in rendered(f"import os\n{code}\n")]
    assert lines[-1] == [name, "read", need]
    assert not any("?" in line for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "def f(x): return os.environ['A'] if x else None\nf(" + "9" * 5000 + ")",
        "k = ('B', 'C')\nos.environ[k[" + "9" * 5000 + "]]\nos.environ['A']",
        "x = os.environ.get('A', " + "9" * 5000 + ")",
    ],
)
def test_numbers_that_python_does_not_convert(text: str) -> None:
    assert {found.variable.name for found in analyze("/ws/app.py", f"import os\n{text}\n").references} == {
        "A"
    }
