"""`check --deploy`: names that nothing binds without A."""

from __future__ import annotations

from support.started import failing, starting

# Programs that start without the variable.
SILENT = {
    "unbound pass, default before": (
        '-- app.py --\nimport os\nX = None\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n'
        "    pass\nprint(X)\n"
    ),
    "unbound unused": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\n'
    ),
    "unbound in fn, uncalled": (
        '-- app.py --\nimport os\ndef f():\n    try:\n        x = os.environ["A"]\n'
        "    except KeyError:\n        pass\n    return x\n"
    ),
    "attr hasattr": (
        '-- c.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\n'
        '-- app.py --\nimport c\nprint(getattr(c, "X", None))\n'
    ),
    "if unbound else": (
        '-- app.py --\nimport os\nif "A" in os.environ:\n    X = os.environ["A"]\nelse:\n    X = 1\n'
        "print(X)\n"
    ),
    "if unbound builtin name": (
        '-- app.py --\nimport os\nif "A" in os.environ:\n    id = os.environ["A"]\nprint(id)\n'
    ),
    "unbound star import": (
        '-- d.py --\nX = 1\n-- app.py --\nimport os\nfrom d import *\ntry:\n    X = os.environ["A"]\n'
        "except KeyError:\n    pass\nprint(X)\n"
    ),
    "unbound globals": (
        '-- app.py --\nimport os\nglobals()["X"] = 1\ntry:\n    X = os.environ["A"]\n'
        "except KeyError:\n    pass\nprint(X)\n"
    ),
    "unbound guarded": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\ntry:\n'
        "    print(X)\nexcept NameError:\n    pass\n"
    ),
    "unbound later if": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\n'
        'if "X" in globals():\n    print(X)\n'
    ),
    "unbound class base": (
        "-- app.py --\nimport os\nclass B:\n    X = 1\nclass C(B):\n    try:\n"
        '        X = os.environ["A"]\n    except KeyError:\n        pass\nprint(C.X)\n'
    ),
    "unbound self default": (
        "-- app.py --\nimport os\nclass C:\n    x = 1\n    def __init__(self):\n        try:\n"
        '            self.x = os.environ["A"]\n        except KeyError:\n            pass\n'
        "print(C().x)\n"
    ),
    "dict key get": (
        '-- app.py --\nimport os\nd = {}\ntry:\n    d["x"] = os.environ["A"]\nexcept KeyError:\n'
        '    pass\nprint(d.get("x"))\n'
    ),
    "global in fn": (
        "-- app.py --\nimport os\ndef load():\n    global X\n    X = 1\nload()\ntry:\n"
        '    X = os.environ["A"]\nexcept KeyError:\n    pass\nprint(X)\n'
    ),
    "setattr mod": (
        '-- app.py --\nimport os\nimport sys\nsetattr(sys.modules[__name__], "X", 1)\ntry:\n'
        '    X = os.environ["A"]\nexcept KeyError:\n    pass\nprint(X)\n'
    ),
    "exec": (
        '-- app.py --\nimport os\nexec("X = 1")\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n'
        "    pass\nprint(X)\n"
    ),
    "__getattr__": (
        '-- c.py --\nimport os\ndef __getattr__(n):\n    return 1\ntry:\n    X = os.environ["A"]\n'
        "except KeyError:\n    pass\n-- app.py --\nimport c\nprint(c.X)\n"
    ),
    "other sets": (
        '-- c.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\n'
        "-- app.py --\nimport c\nc.X = 1\nprint(c.X)\n"
    ),
    "bound by import before": (
        '-- app.py --\nimport os\nimport json as X\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n'
        "    pass\nprint(X)\n"
    ),
    "bound by for before": (
        '-- app.py --\nimport os\nfor X in range(2):\n    pass\ntry:\n    X = os.environ["A"]\n'
        "except KeyError:\n    pass\nprint(X)\n"
    ),
    "bound by with before": (
        "-- app.py --\nimport os\nwith open(os.devnull) as X:\n    pass\ntry:\n"
        '    X = os.environ["A"]\nexcept KeyError:\n    pass\nprint(X)\n'
    ),
    "bound by def before": (
        '-- app.py --\nimport os\ndef X():\n    pass\ntry:\n    X = os.environ["A"]\n'
        "except KeyError:\n    pass\nprint(X)\n"
    ),
    "bound by class before": (
        '-- app.py --\nimport os\nclass X:\n    pass\ntry:\n    X = os.environ["A"]\n'
        "except KeyError:\n    pass\nprint(X)\n"
    ),
    "bound by walrus before": (
        '-- app.py --\nimport os\nif (X := 1):\n    pass\ntry:\n    X = os.environ["A"]\n'
        "except KeyError:\n    pass\nprint(X)\n"
    ),
    "bound by tuple before": (
        '-- app.py --\nimport os\nX, Y = 1, 2\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n'
        "    pass\nprint(X)\n"
    ),
    "bound in unknown if": (
        "-- app.py --\nimport os\nimport sys\nif len(sys.argv) > 5:\n    pass\nelse:\n    X = 3\n"
        'try:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\nprint(X)\n'
    ),
    "bound in a try": (
        '-- app.py --\nimport os\ntry:\n    X = open("/nonexistent")\nexcept OSError:\n    X = 2\n'
        'try:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\nprint(X)\n'
    ),
    "bound in loop": (
        '-- app.py --\nimport os\nfor n in os.listdir("."):\n    X = n\ntry:\n'
        '    X = os.environ["A"]\nexcept KeyError:\n    pass\nprint(X)\n'
    ),
    "bound after": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\nX = 3\n'
        "print(X)\n"
    ),
    "bound after in if": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\n'
        'if not os.getenv("A"):\n    X = 3\nprint(X)\n'
    ),
    "second try": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\ntry:\n'
        "    X\nexcept NameError:\n    X = None\nprint(X)\n"
    ),
    "function parameter": (
        '-- app.py --\nimport os\ndef f(x=None):\n    try:\n        x = os.environ["A"]\n'
        "    except KeyError:\n        pass\n    return x\nf()\n"
    ),
    "return in handler": (
        '-- app.py --\nimport os\ndef f():\n    try:\n        x = os.environ["A"]\n'
        "    except KeyError:\n        return None\n    return x\nf()\n"
    ),
    "return in body": (
        '-- app.py --\nimport os\ndef f():\n    try:\n        x = os.environ["A"]\n        return x\n'
        "    except KeyError:\n        pass\nf()\n"
    ),
    "used in the other branch": (
        '-- app.py --\nimport os\nif "A" in os.environ:\n    X = os.environ["A"]\n'
        'if "A" in os.environ:\n    print(X)\n'
    ),
    "used in view only": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\n'
        "def view():\n    return X\n"
    ),
    "short circuit": (
        '-- app.py --\nimport os\nif "A" in os.environ:\n    X = os.environ["A"]\n'
        'Y = "A" in os.environ and X\n'
    ),
    "conditional": (
        '-- app.py --\nimport os\nif os.getenv("A"):\n    X = 1\nY = X if os.getenv("A") else 2\n'
    ),
    "comprehension variable": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\n'
        "print([X for X in (1, 2)])\n"
    ),
    "global statement": (
        '-- app.py --\nimport os\ndef load():\n    global X\n    try:\n        X = os.environ["A"]\n'
        "    except KeyError:\n        pass\nX = 1\nload()\nprint(X)\n"
    ),
    "module global later": (
        '-- app.py --\nimport os\ndef show():\n    return X\nif os.getenv("A"):\n    X = 1\nelse:\n'
        "    X = 2\nshow()\n"
    ),
    "imported, tried": (
        '-- c.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\n'
        "-- app.py --\ntry:\n    from c import X\nexcept ImportError:\n    X = None\nprint(X)\n"
    ),
    "star import of it": (
        '-- c.py --\nimport os\nX = 1\n-- d.py --\nimport os\ntry:\n    X = os.environ["A"]\n'
        "except KeyError:\n    pass\n-- app.py --\nfrom c import *\nfrom d import *\nprint(X)\n"
    ),
    "__all__ hasattr": (
        '-- c.py --\nimport os\nif os.getenv("A"):\n    X = 1\n-- app.py --\nimport c\n'
        'print(hasattr(c, "X"))\n'
    ),
    "package module": (
        '-- c/__init__.py --\nimport os\nif os.getenv("A"):\n    X = 1\n-- c/X.py --\n-- app.py --\n'
        "from c import X\n"
    ),
}

# Programs that fail without it.
FOUND = {
    "unbound pass": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\nprint(X)\n'
    ),
    "unbound print": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n'
        '    print("no A")\nY = X + "b"\n'
    ),
    "unbound in fn": (
        '-- app.py --\nimport os\ndef f():\n    try:\n        x = os.environ["A"]\n'
        "    except KeyError:\n        pass\n    return x\nf()\n"
    ),
    "import unbound": (
        '-- c.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\n'
        "-- app.py --\nfrom c import X\n"
    ),
    "attr unbound": (
        '-- c.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\n'
        "-- app.py --\nimport c\nprint(c.X)\n"
    ),
    "if unbound": ('-- app.py --\nimport os\nif "A" in os.environ:\n    X = os.environ["A"]\nprint(X)\n'),
    "unbound with suppress": (
        "-- app.py --\nimport os\nimport contextlib\nwith contextlib.suppress(KeyError):\n"
        '    X = os.environ["A"]\nprint(X)\n'
    ),
    "unbound walrus": ('-- app.py --\nimport os\nif (v := os.getenv("A")):\n    X = v\nprint(X)\n'),
    "unbound else": (
        '-- app.py --\nimport os\ntry:\n    v = os.environ["A"]\nexcept KeyError:\n    print(1)\n'
        "else:\n    X = v\nprint(X)\n"
    ),
    "annotation only": (
        '-- app.py --\nimport os\nX: str\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\n'
        "print(X)\n"
    ),
    "used in called function": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    pass\n'
        "def view():\n    return X\nview()\n"
    ),
}

test_program_that_starts_without_its_variable = starting(SILENT)
test_program_that_fails_while_it_starts = failing(FOUND)
