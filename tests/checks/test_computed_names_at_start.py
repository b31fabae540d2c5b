"""`check --deploy`: names and attributes that only the start of a program shows: `map`, `getattr`, `setattr`.

Each program is also really started, without its variables.
"""

from __future__ import annotations

from support.started import failing, starting

# Programs that start without the variable.
SILENT = {
    "map getenv tested": (
        '-- app.py --\nimport os, logging\na, b = map(os.getenv, ["A", "B"])\nif a:\n    x = a.split()\n'
    ),
    "list map ok": (
        '-- app.py --\nimport os, logging\nv = list(map(os.getenv, ["A"]))\nx = v[0] or "x"\nx.split()\n'
    ),
    "map lambda default": (
        '-- app.py --\nimport os, logging\na, b = map(lambda n: os.getenv(n, ""), ("A", "B"))\n'
        "x = a.split()\n"
    ),
    "getattr logging default": (
        '-- app.py --\nimport os, logging\nx = getattr(logging, os.getenv("A", ""), logging.INFO)\n'
    ),
    "getattr logging default info": (
        '-- app.py --\nimport os, logging\nx = getattr(logging, os.getenv("A", "INFO"))\n'
    ),
    "getattr module config": (
        "-- config.py --\nclass Dev: pass\nclass Prod: pass\n-- app.py --\nimport os, config\n"
        'x = getattr(config, os.getenv("A", "Dev"))\n'
    ),
    "globals loop get ok": (
        '-- app.py --\nimport os, logging\nfor n in ("A", "B"):\n    globals()[n] = os.environ.get(n)\n'
        'x = A or ""\n'
    ),
    "globals loop default": (
        '-- app.py --\nimport os, logging\nfor n in ("A", "B"):\n'
        '    globals()[n] = os.environ.get(n, "x")\nx = A.split()\n'
    ),
    "setattr loop get ok": (
        '-- app.py --\nimport os, logging\nclass C: pass\nfor n in ("A", "B"):\n'
        '    setattr(C, n, os.environ.get(n))\nx = C.A or "x"\n'
    ),
    "setattr self ok": (
        "-- app.py --\nimport os, logging\nclass C:\n    def __init__(self):\n"
        '        for n in ("A", "B"):\n            setattr(self, n, os.getenv(n, "1"))\nc = C()\n'
        "x = c.A.split()\n"
    ),
    "namespace ok": (
        "-- app.py --\nimport os, logging\nfrom types import SimpleNamespace\n"
        'C = SimpleNamespace(**{n: os.getenv(n, "1") for n in ("A", "B")})\nx = C.A.split()\n'
    ),
    "star ok": (
        "-- app.py --\nimport os, logging\ndef f(a, b):\n    return a or b\n"
        'f(*[os.getenv(n) for n in ("A", "B")])\n'
    ),
    "dyn read ok": (
        '-- app.py --\nimport os, logging\np = "A"\nfor n in [p]:\n    x = os.getenv(n)\n    print(x)\n'
    ),
    "dyn environ caught": (
        '-- app.py --\nimport os, logging\ndef names():\n    return ["A"]\nfor n in names():\n'
        "    try:\n        x = os.environ[n]\n    except KeyError:\n        x = 1\n"
    ),
    "dyn fields ok": (
        '-- app.py --\nimport os, logging\nclass S:\n    fields = ("A", "B")\n    def __init__(self):\n'
        "        for f in self.fields:\n            v = os.environ.get(f)\n            if v is None:\n"
        "                continue\n            setattr(self, f, v)\nS()\n"
    ),
    "dyn names imported ok": (
        '-- names.py --\nN = ["A"] + ["B"]\n-- app.py --\nimport os\nfrom names import N\n'
        'm = [n for n in N if not os.getenv(n)]\nif m:\n    print(f"{m}")\n'
    ),
    "dyn set first": (
        '-- app.py --\nimport os, logging\ndef names():\n    return ["A"]\nfor n in names():\n'
        '    os.environ.setdefault(n, "x")\nfor n in names():\n    x = os.environ[n]\n'
    ),
    "getattr settings class bad": (
        "-- config.py --\nclass Dev: pass\n-- app.py --\nimport os, config\nfrom flask import Flask\n"
        'app=Flask(__name__)\napp.config.from_object(getattr(config, os.getenv("A", "Dev")))\n'
    ),
    "getattr set from elsewhere": (
        "-- config.py --\nclass Dev: pass\n-- more.py --\nimport config\nconfig.Test = config.Dev\n"
        '-- app.py --\nimport os, config, more\nx = getattr(config, os.getenv("A", "Test"))\n'
    ),
    "getattr star": (
        "-- base.py --\nTest = 1\n-- config.py --\nfrom base import *\n-- app.py --\n"
        'import os, config\nx = getattr(config, os.getenv("A", "Test"))\n'
    ),
    "getattr import name": (
        "-- base.py --\nTest = 1\n-- config.py --\nfrom base import Test\n-- app.py --\n"
        'import os, config\nx = getattr(config, os.getenv("A", "Test"))\n'
    ),
    "getattr submodule": (
        "-- config/__init__.py --\n-- config/test.py --\nX=1\n-- app.py --\n"
        'import os, config, config.test\nx = getattr(config, os.getenv("A", "test"))\n'
    ),
    "getattr class method": (
        "-- app.py --\nimport os, logging\nclass C:\n    def go(self): pass\n"
        'x = getattr(C, os.getenv("A", "go"))\n'
    ),
    "getattr none default": (
        '-- app.py --\nimport os, logging\nx = getattr(logging, os.getenv("A", "nope"), None)\n'
    ),
    "getattr if in module": (
        "-- config.py --\nimport sys\nif sys.argv:\n    Test = 1\n-- app.py --\nimport os, config\n"
        'x = getattr(config, os.getenv("A", "Test"))\n'
    ),
    "getattr def in try": (
        "-- config.py --\ntry:\n    Test = 1\nexcept Exception:\n    pass\n-- app.py --\n"
        'import os, config\nx = getattr(config, os.getenv("A", "Test"))\n'
    ),
    "getattr loop made": (
        '-- config.py --\nfor n in open(__file__):\n    exec("Test = 1")\n-- app.py --\n'
        'import os, config\nx = getattr(config, os.getenv("A", "Test"))\n'
    ),
    "getattr with target p": (
        '-- config.py --\nimport glob\nif glob.glob("*"):\n'
        "    with open(__file__) as Test, open(__file__) as T2:\n        class Foo: pass\n"
        '-- app.py --\nimport os, config\nx = getattr(config, os.getenv("A", "Foo"))\n'
    ),
    "getattr global": (
        "-- config.py --\ndef f():\n    global Test\n    Test = 1\nf()\n-- app.py --\n"
        'import os, config\nx = getattr(config, os.getenv("A", "Test"))\n'
    ),
    "getattr match": (
        "-- config.py --\nimport sys\nmatch sys.argv:\n    case [*Test]:\n        pass\n-- app.py --\n"
        'import os, config\nx = getattr(config, os.getenv("A", "Test"))\n'
    ),
}

# Programs that fail without it.
FOUND = {
    "map getenv used": (
        '-- app.py --\nimport os, logging\na, b = map(os.getenv, ["A", "B"])\nx = a.split()\n'
    ),
    "map getenv names": (
        '-- app.py --\nimport os, logging\nN = ["A", "B"]\na, b = map(os.getenv, N)\nx = a + "/x"\n'
    ),
    "list map": ('-- app.py --\nimport os, logging\nv = list(map(os.getenv, ["A"]))\nx = v[0].split()\n'),
    "map lambda": (
        '-- app.py --\nimport os, logging\na, b = map(lambda n: os.getenv(n), ("A", "B"))\nx = a.split()\n'
    ),
    "getattr logging": ('-- app.py --\nimport os, logging\nx = getattr(logging, os.getenv("A", ""))\n'),
    "getattr logging upper": (
        '-- app.py --\nimport os, logging\nx = getattr(logging, os.getenv("A", "").upper())\n'
    ),
    "getattr logging wrong default": (
        '-- app.py --\nimport os, logging\nx = getattr(logging, os.getenv("A", "VERBOSE"))\n'
    ),
    "getattr module config bad": (
        "-- config.py --\nclass Dev: pass\nclass Prod: pass\n-- app.py --\nimport os, config\n"
        'x = getattr(config, os.getenv("A", "Test"))\n'
    ),
    "globals loop get": (
        '-- app.py --\nimport os, logging\nfor n in ("A", "B"):\n    globals()[n] = os.environ.get(n)\n'
        "x = A.split()\n"
    ),
    "setattr loop get": (
        '-- app.py --\nimport os, logging\nclass C: pass\nfor n in ("A", "B"):\n'
        "    setattr(C, n, os.environ.get(n))\nx = C.A.split()\n"
    ),
    "setattr loop lower": (
        '-- app.py --\nimport os, logging\nclass C: pass\nfor n in ("A", "B"):\n'
        "    setattr(C, n.lower(), os.environ.get(n))\nx = C.a.split()\n"
    ),
    "setattr self": (
        "-- app.py --\nimport os, logging\nclass C:\n    def __init__(self):\n"
        '        for n in ("A", "B"):\n            setattr(self, n, os.getenv(n))\nc = C()\n'
        "x = c.A.split()\n"
    ),
    "namespace": (
        "-- app.py --\nimport os, logging\nfrom types import SimpleNamespace\n"
        'C = SimpleNamespace(**{n: os.getenv(n) for n in ("A", "B")})\nx = C.A.split()\n'
    ),
    "typing namedtuple": (
        "-- app.py --\nimport os, logging\nfrom typing import NamedTuple\nclass T(NamedTuple):\n"
        '    a: str\n    b: str\nt = T(a=os.getenv("A"), b=os.getenv("B"))\nx = t.a.split()\n'
    ),
    "dict zip": (
        '-- app.py --\nimport os, logging\nN = ("A", "B")\nC = dict(zip(N, map(os.getenv, N)))\n'
        'x = C["A"].split()\n'
    ),
    "star": (
        "-- app.py --\nimport os, logging\ndef f(a, b):\n    return a.split()\n"
        'f(*[os.getenv(n) for n in ("A", "B")])\n'
    ),
    "dyn read": (
        '-- app.py --\nimport os, logging\np = "A"\nfor n in [p]:\n    x = os.getenv(n)\n    x.split()\n'
    ),
    "dyn environ": (
        '-- app.py --\nimport os, logging\ndef names():\n    return ["A"]\nfor n in names():\n'
        "    x = os.environ[n]\n"
    ),
    "dyn fields": (
        '-- app.py --\nimport os, logging\nclass S:\n    fields = ("A", "B")\n    def __init__(self):\n'
        "        for f in self.fields:\n            v = os.environ.get(f)\n            if v is None:\n"
        "                raise RuntimeError(f)\n            setattr(self, f, v)\nS()\n"
    ),
    "dyn names imported": (
        '-- names.py --\nN = ["A"] + ["B"]\n-- app.py --\nimport os\nfrom names import N\n'
        'm = [n for n in N if not os.getenv(n)]\nif m:\n    raise SystemExit(f"{m}")\n'
    ),
    "getattr class attr bad": (
        '-- app.py --\nimport os, logging\nclass C:\n    X = 1\nx = getattr(C, os.getenv("A", "Y"))\n'
    ),
}

test_program_that_starts_without_its_variable = starting(SILENT, most="warning")
test_program_that_fails_while_it_starts = failing(FOUND)
