"""`check --deploy`: variables whose None breaks the start of a program in another place than the read.

Each program is also really started, without its variables.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import checked, judged, summary
from configvars.cli.targets import Target
from support.projects import opened
from support.properties import REAL_STARTS
from support.started import failing, found_on_app, is_reported, starting, starts

_CONFIG = '-- config.py --\nimport os\nA = os.getenv("A")\n'
_CLASS = '-- config.py --\nimport os\nclass Config:\n    A = os.getenv("A")\n'
_NAMES = '-- names.py --\nNAMES = {"A"}\n'
_EMPTY = (
    "-- app.py --\nimport os\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\n"
    'db = SQLAlchemy()\napp = Flask(__name__)\napp.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///:memory:"\n'
)
_OWN = '-- app.py --\nimport os\nA = os.getenv("A")\n'

# Programs whose web address contains "None" without the variable.
WARNED = {
    "a part of a web address": f'{_OWN}B = f"https://{{A}}/x"\n',
    "the same, in a list": "-- app.py --\nimport os\nB = [f\"https://{os.environ.get('A')}\"]\n",
}

# Programs that start without the variable.
SILENT = {
    "only passed on": f"{_CONFIG}-- app.py --\nfrom config import A\nprint(A)\n",
    "tested first": f'{_CONFIG}-- app.py --\nfrom config import A\nif A:\n    print(A + "/x")\n',
    "and": f'{_CONFIG}-- app.py --\nimport config\nB = config.A and config.A.split(",")\n',
    "conditional": f"{_CONFIG}-- app.py --\nimport config\nB = int(config.A) if config.A else 1\n",
    "or": f'{_CONFIG}-- app.py --\nimport config\nB = (config.A or "").split(",")\n',
    "caught": (
        f"{_CONFIG}-- app.py --\nimport config\ntry:\n    B = int(config.A)\nexcept TypeError:\n    B = 1\n"
    ),
    "suppressed": (
        f"{_CONFIG}-- app.py --\nfrom contextlib import suppress\nimport config\n"
        "with suppress(TypeError):\n    int(config.A)\n"
    ),
    "another value": (
        f'{_CONFIG}if A is None:\n    A = "x"\n-- app.py --\nfrom config import A\nB = A + "/x"\n'
    ),
    "another value from elsewhere": (
        f'{_CONFIG}-- app.py --\nimport config\nconfig.A = "x"\nB = config.A + "/x"\n'
    ),
    "star import afterwards": (
        f'{_CONFIG}from local import *\n-- local.py --\nA = "x"\n-- app.py --\n'
        'from config import A\nB = A + "x"\n'
    ),
    "globals": f'{_CONFIG}globals().update(A="x")\n-- app.py --\nfrom config import A\nB = A + "x"\n',
    "global statement": (
        f'{_CONFIG}def load():\n    global A\n    A = "x"\n'
        '-- app.py --\nimport config\nconfig.load()\nB = config.A + "x"\n'
    ),
    "subclass": (
        f'{_CLASS}class Prod(Config):\n    A = "x"\n-- app.py --\n'
        'from config import Prod\nB = Prod.A.split(",")\n'
    ),
    "instance": (
        f'{_CLASS}    def __init__(self):\n        self.A = self.A or "x"\n'
        "-- app.py --\nfrom config import Config\nB = Config().A.split(',')\n"
    ),
    "exit status 0": (
        f"{_OWN}import sys\ndef main():\n    if A is None:\n        return 0\n    return 0\n"
        "try:\n    sys.exit(main())\nexcept SystemExit as end:\n    assert not end.code\n"
    ),
    "a result that is no exit status": f"{_OWN}def main():\n    if A is None:\n        return 1\nmain()\n",
    "an empty address that is not used": (
        f'{_EMPTY}app.config["OTHER_URI"] = os.environ.get("A", "").replace("x", "y")\ndb.init_app(app)\n'
    ),
    "an empty address with another one": (
        f'{_EMPTY}uri = os.environ.get("A", "").replace("x", "y") or "sqlite:///:memory:"\n'
        'app.config["SQLALCHEMY_DATABASE_URI"] = uri\ndb.init_app(app)\n'
    ),
    "table of some names": (
        '-- config.py --\nimport os\nCONFIG = {n: os.getenv(n) for n in ("A", "B") if os.getenv(n)}\n'
        '-- app.py --\nfrom config import CONFIG\nhosts = CONFIG.get("A", "").split(",")\n'
    ),
    "names that are only listed": (
        f"{_NAMES}-- app.py --\nimport os\nfrom names import NAMES\nmissing = NAMES - os.environ.keys()\n"
        "print(missing)\n"
    ),
    "names that something removes": (
        f"{_NAMES}-- app.py --\nimport os\nfrom names import NAMES\nNAMES.discard('A')\n"
        "if NAMES - os.environ.keys():\n    raise ValueError\n"
    ),
    "names the other way": (
        f"{_NAMES}-- app.py --\nimport os\nfrom names import NAMES\n"
        "if not os.environ.keys() - NAMES:\n    raise ValueError\n"
    ),
    "names without one": (
        f"{_NAMES}-- app.py --\nimport os\nfrom names import NAMES\n"
        "missing = NAMES - {'A'} - os.environ.keys()\nif missing:\n    raise ValueError\n"
    ),
    "names that are set before": (
        f"{_NAMES}-- app.py --\nimport os\nfrom names import NAMES\nos.environ['A'] = 'x'\n"
        "if NAMES - os.environ.keys():\n    raise ValueError\n"
    ),
    "names behind a switch": (
        f"{_NAMES}-- app.py --\nimport os\nfrom names import NAMES\n"
        "if os.getenv('STRICT') and NAMES - os.environ.keys():\n    raise ValueError\n"
    ),
    "a branch that the default does not take": (
        f'{_OWN}if os.getenv("MODE", "dev") == "production":\n    int(A)\n'
    ),
    "a branch for what is not set": (f'{_OWN}if not os.getenv("LIVE"):\n    A = "1"\nint(A)\n'),
    "arguments of a class that are not known": (
        f"{_OWN}class C:\n    def __init__(self, a=A):\n        if a is None:\n            raise ValueError\n"
        'C(*("x" for _ in range(1)))\n'
    ),
    "early return": (f'{_OWN}def f():\n    if not A:\n        return []\n    return A.split(",")\nf()\n'),
    "argument replaced": (f'{_OWN}def f(a):\n    a = a or "x"\n    return a.split(",")\nf(A)\n'),
    "function that nothing calls": f'{_OWN}def f():\n    return A.split(",")\n',
    "check that nothing calls": (
        f"{_CLASS}    @classmethod\n    def check(cls):\n        if not cls.A:\n"
        "            raise ValueError\n-- app.py --\nimport config\n"
    ),
    "one of two": (
        f'{_OWN}B = os.getenv("B")\nif not A and not B and len(os.environ) > 10**6:\n    raise ValueError\n'
    ),
    "list of those that are set": (
        f'{_OWN}def f():\n    found = [each for each in (A, os.getenv("B")) if each]\n'
        "    if found:\n        raise ValueError\nf()\n"
    ),
    "list that another function fills": (
        f'{_CONFIG}-- app.py --\nfrom config import A\ndef fill(found):\n    found.append("x")\n'
        'found = []\nfill(found)\nif not found:\n    A.split(",")\n'
    ),
    "table that another function fills": (
        f'{_CONFIG}-- app.py --\nfrom config import A\ndef fill(table):\n    table["a"] = "x"\n'
        'table = {"a": A}\nfill(table)\ntable["a"].split(",")\n'
    ),
    "end without an error": (
        f"{_CONFIG}-- app.py --\nimport os\nfrom config import A\ndef f():\n"
        "    if len(os.environ) < 10**6:\n"
        '        return ""\n    return A + "x"\nf()\n'
    ),
    "attribute that a method sets": (
        '-- app.py --\nimport os\nclass S:\n    def __init__(self):\n        self.a = os.getenv("A")\n'
        "        self.load()\n    def load(self):\n        for each in os.environ:\n"
        '            self.a = "x"\n'
        's = S()\ns.a.split(",")\n'
    ),
    "attribute that unknown code may set": (
        "-- app.py --\nimport os, operator\nclass S:\n    def __init__(self):\n"
        '        self.a = os.getenv("A")\n'
        'def load(s):\n    s.a = "x"\ns = S()\nlist(map(load, [s]))\ns.a.split(",")\n'
    ),
    "metaclass": (
        "-- config.py --\nimport os\nclass Meta(type):\n    def __new__(cls, name, bases, names):\n"
        '        return super().__new__(cls, name, bases, {**names, "A": "x"})\n'
        'class Config(metaclass=Meta):\n    A = os.getenv("A")\n'
        '-- app.py --\nfrom config import Config\nConfig.A.split(",")\n'
    ),
    "property of a subclass": (
        f'{_CLASS}class Prod(Config):\n    @property\n    def A(self):\n        return "x"\n'
        '-- app.py --\nfrom config import Prod\nProd().A.split(",")\n'
    ),
    "loop variable": (
        f'{_CONFIG}-- app.py --\nfrom config import A\nfor A in ["x"]:\n    pass\nA.split(",")\n'
    ),
    "sorted by a function": (
        f'{_CONFIG}-- app.py --\nfrom config import A\nf = lambda a: a.split(",")\nprint(f("x"), A)\n'
    ),
    "method with a decorator": (
        "-- app.py --\nimport os, functools\nclass S:\n    def __init__(self):\n"
        '        self.a = os.getenv("A")\n'
        '    @functools.singledispatchmethod\n    def load(self, x):\n        self.a = "x"\n'
        's = S()\ns.load(1)\ns.a.split(",")\n'
    ),
    "coroutine that nothing awaits": (f'{_OWN}async def f():\n    A.split(",")\nx = f()\nx.close()\n'),
    "match": (
        f"{_CONFIG}-- app.py --\nfrom config import A\nmatch A:\n    case None:\n        pass\n"
        '    case _:\n        A.split(",")\n'
    ),
    "only a warning": (
        f'{_OWN}missing = [k for k, v in {{"A": A}}.items() if not v]\nif missing:\n    print(missing)\n'
    ),
    "main block": f'{_OWN}if __name__ == "__main__":\n    print(A + "x")\n',
    "loop that stops": (
        f"{_OWN}for k, v in {{'A': A}}.items():\n    if not v:\n        continue\n    v.split()\n"
    ),
    "changed table": (f'{_OWN}table = {{"A": A}}\ntable.update(A="x")\ntable["A"].split(",")\n'),
    "formatted": f'{_OWN}B = "%s" % A\nC = f"{{A}}"\nD = str(A)\n',
    "written into os.environ as a string": (
        f'{_CONFIG}-- app.py --\nimport os, config\nos.environ["B"] = config.A or ""\n'
        'os.environ.update(C=str(config.A), **{"D": f"{config.A}"})\nos.environ["E"] = "x"\n'
        'os.environ.setdefault("E", config.A)\n'
    ),
    "decorated": (
        f'{_OWN}def twice(f):\n    return lambda a: f("x")\n@twice\ndef f(a):\n'
        '    return a.split(",")\nf(A)\n'
    ),
    "import that may fail": (
        f"{_CONFIG}-- app.py --\ntry:\n    import other\nexcept TypeError:\n    pass\n"
        "-- other.py --\nimport config\nint(config.A)\n"
    ),
    "dataclass with a factory that is not called": (
        "-- app.py --\nimport os\nfrom dataclasses import dataclass, field\ndef ids():\n"
        "    return [int(x) for x in os.getenv('A', '').split(',')]\n@dataclass\nclass S:\n"
        "    ids: list = field(default_factory=ids)\nS([])\nS(ids=[])\n"
    ),
    "dataclass with an argument for a field of its base": (
        "-- app.py --\nimport os\nfrom dataclasses import dataclass, field\n@dataclass\nclass S:\n"
        "    a: str = field(default_factory=lambda: os.getenv('A'))\n"
        "@dataclass\nclass T(S):\n    b: str = 'y'\nT('x').a.strip()\n"
    ),
    "dataclass that replaces a factory": (
        "-- app.py --\nimport os\nfrom dataclasses import dataclass, field\ndef ids():\n"
        "    return [int(x) for x in os.getenv('A', '').split(',')]\n@dataclass\nclass S:\n"
        "    ids: list = field(default_factory=ids)\n@dataclass\nclass T(S):\n    ids: list = None\nT()\n"
    ),
    "dataclass with other factories": (
        "-- app.py --\nimport os\nfrom dataclasses import dataclass, field\ndef ids():\n"
        "    return [int(x) for x in os.getenv('A', '').split(',')]\n@dataclass\nclass S:\n"
        "    a: list = field(default_factory=list)\n    b: dict = field(default_factory=dict, repr=False)\n"
        "s = S()\ns.a.append(1)\ns.b['x'] = 1\nS().b.get('x')\n"
    ),
    "dataclass with an argument": (
        "-- app.py --\nimport os\nfrom dataclasses import dataclass\n@dataclass\nclass S:\n"
        '    a: str = os.getenv("A", "")\n    def __post_init__(self):\n        if not self.a:\n'
        '            raise ValueError\nS("x")\n'
    ),
    "yield": f"{_OWN}def f():\n    yield\n    int(A)\nf()\n",
    "attribute of an instance": (
        f'{_CLASS}-- app.py --\nfrom config import Config\nc = Config()\nc.A = "x"\nc.A.split(",")\n'
    ),
    "attribute of a class": (
        f'{_CLASS}-- app.py --\nfrom config import Config\nConfig.A = "x"\nConfig.A.split(",")\n'
    ),
    "name of another module": (
        f'{_CONFIG}-- app.py --\nimport config\nconfig.A = config.B = "x"\nB = config.A + "x"\n'
    ),
    "item of a table": (
        f'{_CONFIG}-- app.py --\nimport config\nt = {{"A": config.A}}\nt["A"] = "x"\nt["A"].split(",")\n'
    ),
    "raise after a try": (
        f"{_CONFIG}-- app.py --\nimport config\ntry:\n    raise ValueError\nexcept ValueError:\n    pass\n"
    ),
    "with a file": (
        f"{_CONFIG}-- app.py --\nimport config\n"
        "with open(__file__) as file, open(__file__):\n    print(config.A)\n"
    ),
    "loop that is left": (
        f'{_CONFIG}-- app.py --\nimport config\nfor x in ("a", "b"):\n    if not config.A:\n        break\n'
        "    int(config.A)\n"
    ),
    "not the same": f"{_CONFIG}-- app.py --\nimport config\nif config.A != None:\n    int(config.A)\n",
    "another word": f'{_CONFIG}-- app.py --\nimport config\nif config.A == "x":\n    int(config.A)\n',
    "less": f"{_CONFIG}-- app.py --\nimport config\nif len([1]) < 1:\n    int(config.A)\n",
    "elif": (
        f"{_CONFIG}-- app.py --\nimport config\nif not config.A:\n    pass\nelif int(config.A):\n    pass\n"
    ),
    "return if another is set": (
        f"{_OWN}def check():\n    if not A:\n        return\n    raise ValueError\ncheck()\n"
    ),
    "return if it is set, never called": (
        f"{_OWN}def check():\n    if A:\n        return\n    raise ValueError\n"
    ),
    "return if one of two is set": (
        f"{_OWN}B = 'x'\ndef check():\n    if A or B:\n        return\n    raise ValueError\ncheck()\n"
    ),
    "caught behind": (
        f"{_OWN}def check():\n    if A:\n        return\n    raise ValueError\n"
        "try:\n    check()\nexcept ValueError:\n    pass\n"
    ),
}

# Programs that fail without it.
FOUND = {
    "a part of a web address, and more": f'{_OWN}B = f"https://{{A}}/x"\nC = A.lower()\n',
    "imported": f'{_CONFIG}-- app.py --\nfrom config import A\nB = A + "/x"\n',
    "attribute of a module": f"{_CONFIG}-- app.py --\nimport config\nB = int(config.A)\n",
    "attribute of a class": f'{_CLASS}-- app.py --\nfrom config import Config\nB = Config.A.split(",")\n',
    "inherited": (
        f"{_CLASS}class Prod(Config):\n    pass\n-- app.py --\nfrom config import Prod\n"
        'B = Prod.A.split(",")\n'
    ),
    "instance in a third file": (
        f"{_CLASS}settings = Config()\n-- app.py --\nimport database\n"
        "-- database.py --\nfrom config import settings\nB = settings.A[0]\n"
    ),
    "the second of a table": (
        f'{_OWN}required = {{"B": "x", "A": A}}\nif [n for n, v in required.items() if not v]:\n'
        "    raise ValueError\n"
    ),
    "in a function": f'{_OWN}def f():\n    return A.split(",")\nf()\n',
    "returned": '-- app.py --\nimport os\ndef f():\n    return os.getenv("A")\nB = f().strip()\n',
    "as an argument": ('-- app.py --\nimport os\ndef f(a):\n    return a.strip()\nf(os.environ.get("A"))\n'),
    "tested elsewhere": (
        f'{_CONFIG}-- app.py --\nimport config\nif not config.A:\n    raise RuntimeError("A")\n'
    ),
    "class method": (
        f"{_CLASS}    @classmethod\n    def check(cls):\n        if not cls.A:\n"
        '            raise ValueError("A")\n'
        "-- app.py --\nfrom config import Config\nConfig.check()\n"
    ),
    "method that __init__ calls": (
        "-- app.py --\nimport os\nclass Config:\n    def __init__(self):\n"
        '        self.a = os.getenv("A")\n        self._check()\n'
        '    def _check(self):\n        if self.a is None:\n            raise ValueError("A")\nConfig()\n'
    ),
    "dataclass with a factory": (
        "-- app.py --\nimport os\nfrom dataclasses import dataclass, field\ndef ids():\n"
        "    return [int(x) for x in os.getenv('A', '').split(',')]\n@dataclass\nclass S:\n"
        "    ids: list = field(default_factory=ids)\nS()\n"
    ),
    "dataclass with a lambda as factory": (
        "-- app.py --\nimport os\nfrom dataclasses import dataclass, field\ndef ids():\n"
        "    return [int(x) for x in os.getenv('A', '').split(',')]\n@dataclass\nclass S:\n"
        "    n: int = 1\n    ids: list = field(default_factory=lambda: ids(), repr=False)\n"
        "@dataclass\nclass T(S):\n    m: int = 2\nT(m=3)\n"
    ),
    "dataclass": (
        "-- app.py --\nimport os\nfrom dataclasses import dataclass\n@dataclass\nclass S:\n"
        '    a: str = os.getenv("A", "")\n    def __post_init__(self):\n        if not self.a:\n'
        '            raise ValueError("A")\nS()\n'
    ),
    "list of missing ones": (
        '-- app.py --\nimport os\nneeded = {"A": os.getenv("A")}\n'
        "missing = [k for k, v in needed.items() if not v]\nif missing:\n    raise RuntimeError(missing)\n"
    ),
    "list that a check fills": (
        f'{_OWN}def check():\n    errors = []\n    if not A:\n        errors.append("A")\n'
        "    if errors:\n        raise RuntimeError(errors)\ncheck()\n"
    ),
    "loop over a dict": (
        '-- app.py --\nimport os, sys\nneeded = {"A": os.getenv("A")}\n'
        "for k, v in needed.items():\n    if v is None:\n        sys.exit(k)\n"
    ),
    "all": (
        f'{_CONFIG}-- app.py --\nimport config\nif not all([config.A, "x"]):\n    raise RuntimeError("A")\n'
    ),
    "assert": f"{_CONFIG}-- app.py --\nimport config\nassert config.A\n",
    "else": (
        f'{_CONFIG}-- app.py --\nimport config\nif config.A:\n    pass\nelse:\n    raise RuntimeError("A")\n'
    ),
    "getattr": (
        f"{_CLASS}-- app.py --\nfrom config import Config\n"
        'missing = [k for k in ("A",) if not getattr(Config, k)]\nif missing:\n'
        "    raise RuntimeError(missing)\n"
    ),
    "coroutine": (
        f"{_CONFIG}-- app.py --\nimport asyncio\nfrom config import A\nasync def g():\n    print(int(A))\n"
        "async def f():\n    await g()\nasyncio.run(f())\n"
    ),
    "Flask's configuration": (
        f"{_CLASS}-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
        'app.config.from_object("config.Config")\nB = app.config["A"].split(",")\n'
    ),
    "Flask's configuration, tested": (
        "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"
        'app.config["A"] = os.getenv("A")\nif not app.config.get("A"):\n    raise RuntimeError("A")\n'
    ),
    "finally": f"{_CONFIG}-- app.py --\nimport config\ntry:\n    pass\nfinally:\n    int(config.A)\n",
    "with": f"{_CONFIG}-- app.py --\nimport config\n"
    "with open(__file__) as file, open(__file__):\n    int(config.A)\n",
    "chained": f'{_CONFIG}-- app.py --\nimport config\nB = C = config.A\nC.split(",")\n',
    "augmented": f'{_CONFIG}-- app.py --\nfrom config import A\nA += "x"\n',
    "attribute": (
        f"{_CONFIG}-- app.py --\nimport config\nclass B:\n    pass\nb = B()\nb.a = config.A\nint(b.a)\n"
    ),
    "attribute of a class, later": (
        f"{_CONFIG}-- app.py --\nimport config\nclass B:\n    pass\nB.a = config.A\nint(B.a)\n"
    ),
    "name of a module, set elsewhere": (
        f"{_CONFIG}-- app.py --\nimport config\nconfig.B = config.A\nint(config.B)\n"
    ),
    "item": f'{_CONFIG}-- app.py --\nimport config\nt = {{}}\nt["A"] = config.A\nint(t["A"])\n',
    "is not None": (
        f"{_CONFIG}-- app.py --\nimport config\n"
        "if config.A is not None:\n    pass\nelse:\n    raise ValueError\n"
    ),
    "empty": f'{_CONFIG}-- app.py --\nimport config\nif config.A != "x":\n    raise ValueError\n',
    "names without which it raises": (
        f"{_NAMES}-- app.py --\nimport os\nfrom names import NAMES\nmissing = NAMES - os.environ.keys()\n"
        "if missing:\n    raise ValueError(missing)\n"
    ),
    "copies of both": (
        f"{_NAMES}-- app.py --\nimport os\nimport names\nmissing = set(names.NAMES) - set(os.environ)\n"
        "if missing:\n    raise ValueError(missing)\n"
    ),
    "names of another module in a third one": (
        f"{_NAMES}-- check.py --\nimport os, sys\nfrom names import NAMES\n"
        "def check():\n    missing = NAMES.difference(os.environ)\n    if missing:\n        sys.exit(1)\n"
        "-- app.py --\nfrom check import check\ncheck()\n"
    ),
    "all names of a set": (
        f"{_NAMES}-- app.py --\nimport os\nfrom names import NAMES\n"
        "if not NAMES <= os.environ.keys():\n    raise ValueError\n"
    ),
    "subset": (
        f"{_NAMES}-- app.py --\nimport os\nfrom names import NAMES\n"
        "if not NAMES.issubset(os.environ):\n    raise ValueError\n"
    ),
    "a branch that the default takes": (
        f'{_OWN}if os.getenv("MODE", "production") == "production":\n    int(A)\n'
    ),
    "a branch for what is not set, which fails": f'{_OWN}if not os.getenv("LIVE"):\n    int(A)\n',
    "or a default": f'{_OWN}MODE = os.getenv("MODE") or "live"\nif MODE in ("live", "stage"):\n    int(A)\n',
    "conditional expression": (f'{_OWN}B = "1" if os.getenv("MODE", "live") == "dev" else A\nint(B)\n'),
    "a second variable behind the first": (
        f'{_OWN}if not os.getenv("B"):\n    raise ValueError\nif os.getenv("B") != "x":\n    pass\nint(A)\n'
    ),
    "an empty address": (
        f'{_EMPTY}uri = os.environ.get("A", "").replace("postgres://", "postgresql://", 1)\n'
        'app.config["SQLALCHEMY_DATABASE_URI"] = uri\ndb.init_app(app)\n'
    ),
    "an empty number": f'{_OWN}B = os.getenv("A", "").strip()\nint(B)\n',
    "table of names": (
        '-- config.py --\nimport os\nCONFIG = {name: os.getenv(name) for name in ("A", "B")}\n'
        '-- app.py --\nfrom config import CONFIG\nhosts = CONFIG["A"].split(",")\n'
    ),
    "exit status": (
        f"{_OWN}import sys\ndef main():\n    if A is None:\n        print('no A')\n        return 1\n"
        "    return 0\nsys.exit(main())\n"
    ),
    "message as exit status": (
        f"{_OWN}def main():\n    if not A:\n        return 'no A'\nraise SystemExit(main())\n"
    ),
    "written into os.environ": f'{_CONFIG}-- app.py --\nimport os, config\nos.environ["B"] = config.A\n',
    "written into os.environ by update": (
        f'{_CONFIG}-- app.py --\nimport os\nfrom config import A\nos.environ.update({{"B": A}})\n'
    ),
    "written into os.environ by a keyword": (
        f"{_CONFIG}-- app.py --\nimport os\nfrom config import A\nos.environ.update(B=A)\n"
    ),
    "written into os.environ as a default": (
        f'{_CONFIG}-- app.py --\nimport os, config\nos.environ.setdefault("B", config.A)\n'
    ),
    "another variable's default": '-- app.py --\nimport os\nos.environ.setdefault("B", os.getenv("A"))\n',
    "passed to a library that refuses None": (
        f"{_CONFIG}-- app.py --\nimport config, itsdangerous\nitsdangerous.URLSafeSerializer(config.A)\n"
    ),
    "written by putenv": f'{_CONFIG}-- app.py --\nimport os, config\nos.putenv("B", config.A)\n',
    "a call that returns nothing": (
        f"{_CONFIG}-- app.py --\nimport config\ndef f():\n    return\nint(f() or config.A)\n"
    ),
    "return if it is set": f"{_OWN}def check():\n    if A:\n        return\n    raise ValueError\ncheck()\n",
    "exit behind": f'{_OWN}import sys\ndef f():\n    if A:\n        return 1\n    sys.exit("no A")\nf()\n',
}


_FACTORY = (
    "-- Procfile --\nweb: gunicorn '{call}'\n"
    '-- config.py --\nimport os\nclass Config:\n    A = os.getenv("A")\nclass Test:\n    A = "x"\n'
    "-- shop/__init__.py --\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\n"
    "from config import Config\ndb = SQLAlchemy()\n"
    "def create_app(config=Config):\n    app = Flask(__name__)\n    app.config.from_object(config)\n"
    "    {extension}\n    from shop import views\n    app.register_blueprint(views.bp)\n"
    "    if not app.debug:\n"
    '        app.logger.info("x")\n    hosts = app.config["A"].split(",")\n    return app\n'
    '-- shop/views.py --\nfrom flask import Blueprint\nbp = Blueprint("views", __name__)\n'
)


@pytest.mark.parametrize(
    ("call", "extension", "expected"),
    [
        ("shop:create_app()", "db.init_app(app)", True),
        ("shop:create_app(None)", "db.init_app(app)", False),
        ("shop:create_app()", "load_more(app)", False),
        ("shop:create_app()", "app.redis = load(); app.queue = Queue(app.redis)", True),
    ],
)
def test_factory(tmp_path: Path, call: str, extension: str, expected: bool) -> None:
    assert is_reported(tmp_path, _FACTORY.format(call=call, extension=extension)) is expected


_LISTED = "-- names.py --\nNAMES = {'B', 'A'}\n"
_FINDS = {
    "a test that the read shows": (
        '-- app.py --\nimport os\nfor name in ("A", "B"):\n    if name not in os.environ:\n'
        "        raise ValueError\n"
    ),
    "names of another module": (
        f"{_LISTED}-- app.py --\nimport os\nfrom names import NAMES\n"
        "if NAMES - os.environ.keys():\n    raise ValueError\n"
    ),
}


@pytest.mark.parametrize("files", _FINDS.values(), ids=_FINDS)
def test_each_variable_is_reported_once_in_order(tmp_path: Path, files: str) -> None:
    it = opened(tmp_path, f"-- heroku:shop --\n-- Procfile --\nweb: gunicorn app:app\n{files}")
    project = judged(it.workspace, str(tmp_path), deploying=True)
    found = run_checks(project, str(tmp_path / "app.py"))
    assert [each.variable.name for each in found if each.variable] == ["A", "B"]
    assert "2 variables" in summary(checked(it.workspace, project, Target(str(tmp_path), (str(tmp_path),))))


test_program_that_starts_without_its_variable = starting(SILENT)
test_program_that_fails_while_it_starts = failing(FOUND)


_MONGO = "import os\nfrom flask import Flask\napp = Flask('x')\napp.config['MONGO_URI'] = os.getenv('A')\n"


@pytest.mark.parametrize(
    ("variables", "code", "expected"),
    [
        ("", "from groq import Groq\nGroq(api_key=config.A)\n", True),
        ("GROQ_API_KEY=1\n", "from groq import Groq\nGroq(api_key=config.A)\n", False),
        ("", "from groq import Groq\nGroq(api_key=config.A, **options)\n", False),
        ("", "import openai\nopenai.OpenAI(api_key=config.A, provider=load())\n", False),
        ("", "import supabase\nsupabase.create_client('x', config.A)\n", True),
        ("", "import supabase\nsupabase.create_client('x', config.A or '')\n", True),
        ("", "import supabase\nsupabase.create_client('x', config.A or 'y')\n", False),
        ("", "from pymongo import MongoClient\ndb = MongoClient()[config.A]\n", True),
        ("", "import discord\nclient = discord.Client(intents=None)\nclient.run(config.A)\n", True),
        ("", f"from flask_pymongo import PyMongo\n{_MONGO}PyMongo(app)\n", True),
        ("", f"from pymongo import MongoClient\n{_MONGO}MongoClient(app.config['MONGO_URI'])\n", False),
        ("", "import twilio.rest\ntwilio.rest.Client(config.A, config.A)\n", False),
        ("", "import boto3\nboto3.client('s3', aws_access_key_id=config.A)\n", False),
    ],
)
def test_client(tmp_path: Path, variables: str, code: str, expected: bool) -> None:
    files = f"{_CONFIG}-- app.py --\nimport config\n{code}"
    assert is_reported(tmp_path, f"{variables}-- Procfile --\nweb: gunicorn app:app\n{files}") is expected


@pytest.mark.parametrize("files", WARNED.values(), ids=WARNED)
def test_a_web_address_with_none_is_a_warning(tmp_path: Path, files: str) -> None:
    (found,) = (each for each in found_on_app(tmp_path, files) if each.check == "not-on-heroku")
    assert found.severity == "warning"
    assert "without it the URL contains the word None" in found.message
    if REAL_STARTS:
        assert starts(tmp_path)
