"""How much a read needs its variable: one line of code each, starting with those that must not be
required.
"""

from __future__ import annotations

import pytest

from support.python_facts import rendered

OPTIONAL = [
    "x = os.getenv('A')",
    "x = os.environ.get('A', None)",
    "x = os.environ.pop('A', None)",
    "if os.getenv('A'): pass",
    "if (x := os.getenv('A')): pass",
    "x = os.getenv('A') == 'true'",
    "x = os.getenv('A') is not None",
    "x = f'{os.getenv(\"A\")}'",
    "x = '%s' % os.getenv('A')",
    "f(os.getenv('A'))",
    "x = os.getenv('A') or None",
    "M = object()\nx = os.getenv('A', M)\nif x is M: pass",
    "x = bool(os.getenv('A'))",
    "x = 1 if os.getenv('A') else 2",
    "x = os.getenv('A')\nif x: x.split()",
    "if os.getenv('A') == '': raise ValueError",
    "x = os.getenv('A')\nif x is None: x = 'd'\nif not x: raise ValueError",
    "x = os.getenv('A')\nif f(): x = 'd'\nif not x: raise ValueError",
    "x = os.getenv('A')\nraise ValueError",
    "x = os.getenv('A')\nif x:\n    return x\nfor y in z:\n    if y:\n        return y\nraise ValueError",
    "x = os.getenv('A')\nif x:\n    return x\nif z():\n    return 1\nraise ValueError",
    "class B:\n    c = None\n\nB.c.call(bool(os.getenv('A')))",
    "x = os.getenv('A')\nif f() or x.lower(): pass",
    "x = os.getenv('A')\nif f() and x is None: raise ValueError",
    "if any(not os.getenv(n) for n in ('A', 'B')) and x: raise ValueError",
    "if not any(os.getenv(n) for n in ('A', 'B')): raise ValueError",
    "match os.getenv('A'):\n    case None: pass\n    case _: raise ValueError",
    "x = os.getenv('A')\nif DEBUG: x = ''\nx.split()",
    "x = os.getenv('A')\ny = x.split() if x else []",
    "x = os.getenv('A')\ndef f(): x.split()",
    "x = os.getenv('A')\nif DEBUG and not x: raise ValueError",
    "if not check(os.getenv('A')): raise ValueError",
    "x = os.getenv('A')\nif x and x.startswith('y'): pass",
    "assert os.getenv('A') != 'x'",
    "if os.getenv('A') == 'x': raise ValueError",
    "x = os.getenv('A')\nif DEBUG and x.startswith('y'): pass",
    "x = os.getenv('A')\nif x.y if DEBUG else None: pass",
    "x = []\nif not os.getenv('A'): x.append('A')\nprint(x)",
    "x = []\nif not os.getenv('A'): x.append('A')\nx = []\nif x: raise ValueError",
    "x = []\nif not os.getenv('A'): x.append('A')\nx.clear()\nif x: raise ValueError",
    "x = []\nif not os.getenv('A'): x.append('A')\nif f(): x.remove('A')\nif x: raise ValueError",
    "x = []\nif not os.getenv('A'): pass\nx.append('B')\nif x: raise ValueError",
    "x = []\nfor n in ('A', 'B'):\n    if os.getenv(n): x.append(n)\nif not x: raise ValueError",
    "x = []\nfor n in ('A', 'B'):\n    if f(): continue\n    if not os.getenv(n): x.append(n)\nif x: raise E",
    "x = [n for n in ('A', 'B') if not os.getenv(n)]\nif len(x) == 2: raise ValueError",
    "for n in ('A', 'B'):\n    x = os.getenv(n)\nif not x: raise ValueError",
]
DEFAULTED = [
    "os.getenv('A', 'x')",
    "os.getenv('A', default='')",
    "os.environ.get('A', False)",
    "os.environ.setdefault('A', 'x')",
    "os.getenv('A') or 'x'",
    "(os.getenv('A')) or f()",
    "int(os.getenv('A') or 1)",
    "x = y or os.getenv('A') or 'x'",
]
GUARDED = [
    "if 'A' in os.environ: os.environ['A']",
    "x = os.environ['A'] if 'A' in os.environ else 1",
    "x = 1 if 'A' not in os.environ else os.environ['A']",
    "x = 'A' in os.environ and os.environ['A']",
    "x = 'A' not in os.environ or os.environ['A']",
    "x = 1 if not os.environ.get('A') else int(os.environ['A'])",
    "if os.getenv('B') and os.getenv('A') is not None: os.environ['A']",
    "if 'A' not in os.environ: pass\nelse: os.environ['A']",
    "if 'A' not in os.environ: raise SystemExit\nos.environ['A']",
    "if 'A' not in os.environ:\n    sys.exit(1)\nos.environ['A']",
    "def f():\n    if 'A' not in os.environ:\n        return\n    os.environ['A']",
    "try: os.environ['A']\nexcept KeyError: pass",
    "try: os.environ['A']\nexcept (ValueError, KeyError) as e: x = 1",
    "try: int(os.getenv('A'))\nexcept TypeError: pass",
    "try: os.environ['A']\nexcept: pass",
    "with suppress(KeyError): os.environ['A']",
    "os.environ['A'] = 'x'\nos.environ['A']",
    "os.environ.setdefault('A', 'x')\ndef f(): os.environ['A']",
    "if 'A' not in os.environ:\n    os.environ['A'] = 'x'\nos.environ['A']",
    "for k in ('A', 'B'):\n    if k in os.environ: os.environ[k]",
    "{k: os.environ[k] for k in ('A',) if k in os.environ}",
    "if all(k in os.environ for k in ('A', 'B')): os.environ['A']",
    "assert 'A' in os.environ\nos.environ['A']",
    "if all([os.getenv('A'), os.getenv('B')]): os.environ['A']",
    "if any((not os.getenv('A'), x)): sys.exit(0)\nos.environ['A']",
    "if None in (os.getenv('A'), x): sys.exit(0)\nos.environ['A']",
    "if None not in [os.getenv('A')]: os.environ['A']",
    "try:\n    x = os.getenv('A')\n    x.split()\nexcept AttributeError: pass",
]
REQUIRED = [
    "os.environ['A']",
    "os.environ.pop('A')",
    "os.environ['A'] or 'x'",
    "int(os.getenv('A'))",
    "os.getenv('A').split(',')",
    "os.getenv('A')[0]",
    "'x' + os.getenv('A')",
    "os.getenv('A') + 'x'",
    "json.loads(os.getenv('A', None))",
    "for x in os.getenv('A'): pass",
    "'x' in os.getenv('A')",
    "if not os.getenv('A'): raise SystemExit",
    "if os.getenv('A') is None:\n    sys.exit(1)",
    "assert os.getenv('A')",
    "x = os.getenv('A')\nif not x: raise ValueError",
    "x = os.getenv('A')\nassert x is not None, 'A'",
    "M = object()\nx = os.getenv('A', M)\nif x is M: raise ValueError",
    "x = os.getenv('A') or sys.exit('A is missing')",
    "try: os.environ['A']\nexcept KeyError: raise ValueError",
    "try: os.environ['A']\nexcept ValueError: pass",
    "if 'B' in os.environ: os.environ['A']",
    "if 'A' not in os.environ: os.environ['A']",
    "if x: os.environ['A'] = 'x'\nos.environ['A']",
    "def f(): os.environ['A'] = 'x'\nos.environ['A']",
    "os.environ['A']\nos.environ['A'] = 'x'",
    "os.environ['A'] = os.environ['A'].replace('x', 'y')",
    "x = os.getenv('A')\ny = 1\ny = x.split(',')",
    "x = os.getenv('A')\nint(x)",
    "x = os.getenv('A')\ny = os.getenv('B')\nif not x or not y: raise ValueError",
    "x = os.getenv('A')\nif not all([x, y]): raise ValueError",
    "x = os.getenv('A')\nassert x and len(x) > 3",
    "x = os.getenv('A')\nif x.startswith('postgres://'): x = x.replace('s://', 'sql://')",
    "x = os.getenv('A')\nif x.startswith('y') and DEBUG: pass",
    "bytes.fromhex(os.getenv('A'))",
    "from datetime import datetime\ndatetime.strptime(os.getenv('A'), '%Y')",
    "import datetime\ndatetime.date.fromisoformat(os.getenv('A')) or x",
    "assert os.getenv('A') == 'x'",
    "if os.getenv('A') != 'x': raise ValueError",
    "x = os.getenv('A')\nx = x and x.split()\nx.split()",
    "x = os.getenv('A', '')\nif not x: raise ValueError",
    "x = os.getenv('A')\nif x is None: x = ''\nif not x: raise ValueError",
    "x = os.getenv('A')\nif x:\n    x = x.lower()\nelse:\n    raise SystemExit('no')",
    "missing = [n for n in ('A',) if not os.getenv(n)]\nif missing: raise ValueError",
    "if any(not os.getenv(n) for n in ('A', 'B')): raise ValueError",
    "match os.getenv('A'):\n    case 'x' | 'y': pass\n    case _: raise ValueError",
    "x = os.getenv('A')\nif x not in ('x', 'y'): raise ValueError",
    "x, *y = os.getenv('A')",
    "if os.getenv('B') is None or os.getenv('A') is None: raise ValueError",
    "x = os.getenv('A')\ny = f()\nif y or not x: raise ValueError",
    "while not os.getenv('A'): raise ValueError",
    "x = [*os.getenv('A')]",
    "x = []\nif not os.getenv('A'): x.append('A')\nif not os.getenv('B'): x.append('B')\nif x: raise E",
    "x = []\nfor n in ('A', 'B'):\n    y = os.getenv(n)\n    if y is None: x.append(n)\nif x: raise E",
    "x = set()\nfor n in ('A', 'B'):\n    if not os.getenv(n): x.add(n)\nif len(x) > 0: raise ValueError",
    "x = []\nif not os.getenv('A'): x += ['A']\nassert not x",
    "x = [n for n in ('A', 'B') if not os.getenv(n)]\nif len(x) >= 1: raise ValueError",
]
CASES = [
    *((code, "optional") for code in OPTIONAL),
    *((code, "defaulted") for code in DEFAULTED),
    *((code, "guarded") for code in GUARDED),
    *((code, "required") for code in REQUIRED),
]


@pytest.mark.parametrize(("code", "need"), CASES)
def test_need(code: str, need: str) -> None:
    lines = rendered(f"import os, sys, json\nfrom contextlib import suppress\n{code}\n")
    reads = [line.split()[1:] for line in lines if " A read " in line]
    assert reads[-1] == ["A", "read", need]


# Two functions that never return, and others that may, or that end without an error.
HELPERS = (
    "def die(text='', code=1):\n    print(text)\n    sys.exit(code)\n"
    "def end(text):\n    if text:\n        raise ValueError(text)\n    else:\n        die()\n"
    "def stop():\n    sys.exit(0)\n"
    "def run():\n    sys.exit(json.loads('0'))\n"
    "def warn(text, strict=False):\n    if strict:\n        raise ValueError(text)\n"
    "def later():\n    raise NotImplementedError\n"
    "def skip():\n    import unittest\n    raise unittest.SkipTest('x')\n"
    "def never():\n    assert False, 'x'\n"
)
NEVER_RETURNING = [
    ("x = os.getenv('A') or die('A')", "required"),
    ("x = os.getenv('A') or (end('A'))", "required"),
    ("def get(n): return os.getenv(n) or die(n)\nx = get('A')", "required"),
    ("x = os.getenv('A')\nx = x if x else die()", "required"),
    ("x = os.getenv('A')\nx or die()", "required"),
    ("x = os.getenv('A')\nif not x: end('A')", "required"),
    ("try: os.environ['A']\nexcept KeyError: die()", "required"),
    ("def f():\n    x = os.getenv('A')\n    if x: return x\n    die()", "required"),
    ("def f():\n    x = os.getenv('A')\n    if x: return x\n    sys.exit('A')", "required"),
    (
        "def f():\n    x = os.getenv('A')\n    if x: return x\n    if g(): return\n    sys.exit('A')",
        "optional",
    ),
    ("def f():\n    x = os.getenv('A')\n    sys.exit(1)", "optional"),
    ("def f():\n    x = os.getenv('A')\n    sys.exit(x)", "optional"),
    ("def f():\n    x = os.getenv('A')\n    y = x or 1\n    sys.exit(y)", "optional"),
    ("x = os.getenv('A') or never()", "required"),
    ("with open('x') as f: x = os.getenv('A') or die()", "required"),
    ("with mine() as f: x = os.getenv('A') or die()", "optional"),
    (
        "from contextlib import suppress\nwith suppress(ValueError): x = os.getenv('A') or end('A')",
        "optional",
    ),
    ("x = os.getenv('A') or skip()", "defaulted"),
    ("x = os.getenv('A') or warn('A')", "defaulted"),
    ("x = os.getenv('A') or stop()", "defaulted"),
    ("x = os.getenv('A') or run()", "defaulted"),
    ("x = os.getenv('A') or later()", "defaulted"),
    ("x = os.getenv('A') or (die if x else warn)('A')", "defaulted"),
    ("x = os.getenv('A')\ndie(x)", "optional"),
    ("x = os.getenv('A')\ny = x or 'y'\ndie(x)", "optional"),
    ("try: x = os.getenv('A') or end('A')\nexcept ValueError: x = 'x'", "optional"),
    ("x = os.getenv('A')\ntry: x = x or end('A')\nexcept ValueError: x = 'x'", "optional"),
    ("if os.getenv('A'): x = os.getenv('A') or die()", "guarded"),
]


@pytest.mark.parametrize(("code", "need"), NEVER_RETURNING)
def test_functions_that_never_return(code: str, need: str) -> None:
    lines = rendered(f"import os, sys, json\n{HELPERS}{code}\n")
    reads = [line.split()[1:] for line in lines if " A read " in line]
    assert reads[-1] == ["A", "read", need]


NOT_ENDING = [
    "if 'A' in os.environ: raise SystemExit",
    "if 'A' in os.environ: work()\nelse:\n    start()\n    sys.exit(0)",
    "if 'A' not in os.environ: print('no A')",
    "if 'A' not in os.environ: os.environ['A'] = 'x'",
    "if 'A' not in os.environ and f(): raise SystemExit",
    "if 'A' not in os.environ and 'B' not in os.environ: raise SystemExit",
    "def f():\n    if 'A' not in os.environ: return\n    raise ValueError",
    "x = 'A' in os.environ\nraise ValueError",
    "if not any(n in os.environ for n in ('A', 'B')): raise SystemExit",
    "x = {'A', 'B'} - set(os.environ)\nif x: print(x)",
    "x = {'A', 'B'} - os.environ.keys()\nif not x: raise ValueError",
    "x = {'A', 'B'} - os.environ.keys()\nif x and f(): raise ValueError",
    "if {'A'} <= os.environ.keys(): raise ValueError",
    "if {'A'}.issubset(os.environ): raise ValueError",
    "for n in {'A', 'B'} - set(os.environ): print(n)",
]
ENDING = [
    "if 'A' not in os.environ: raise SystemExit('A')",
    "if not 'A' in os.environ: sys.exit(1)",
    "if 'A' in os.environ: pass\nelse: raise ValueError",
    "assert 'A' in os.environ",
    "def f():\n    if 'A' not in os.environ or g(): raise ValueError",
    "for n in ('A', 'B'):\n    if n not in os.environ: raise ValueError(n)",
    "x = [n for n in ('A', 'B') if n not in os.environ]\nif x: raise ValueError(x)",
    "if not all(n in os.environ for n in ('A', 'B')): sys.exit()",
    "if 'A' not in os.environ: raise ValueError\nx = os.environ['A']",
    "x = {'A', 'B'} - set(os.environ)\nif x: raise ValueError(x)",
    "N = ['A', 'B']\nif x := set(N) - os.environ.keys(): raise ValueError(x)",
    "N = ['A', 'B']\nx = sorted(set(N).difference(os.environ))\nif len(x) != 0: sys.exit(1)",
    "for n in {'A', 'B'} - set(os.environ): raise ValueError(n)",
    "if not {'A', 'B'}.issubset(os.environ): raise ValueError",
    "assert {'A', 'B'} <= os.environ.keys()",
    "assert set(os.environ) >= {'A', 'B'}",
    "if not set(os.environ.copy()).issuperset(['A', 'B']): raise ValueError",
    "x = []\nfor n in ('A', 'B'):\n    if n not in os.environ: x.append(n)\nif x: raise ValueError",
]


@pytest.mark.parametrize(
    ("code", "need"), [*((code, "-") for code in NOT_ENDING), *((code, "required") for code in ENDING)]
)
def test_need_of_a_test(code: str, need: str) -> None:
    lines = rendered(f"import os, sys\n{code}\n")
    tests = [line.split()[1:] for line in lines if " A test " in line]
    assert tests == [["A", "test", need]]


WRAPPED = [
    ("def f(names):\n    if set(names) - set(os.environ): raise E\nf(['A', 'B'])", "required"),
    (
        "def f(*names):\n    x = [n for n in names if n not in os.environ]\n    if x: raise E\nf('A')",
        "required",
    ),
    ("def f(name):\n    if name not in os.environ: raise E\nf('A')", "required"),
    (
        "def f(name, hard=True):\n    if name not in os.environ and hard: raise E\nf('A', hard=False)",
        "-",
    ),
    (
        "def f(name, hard=False):\n    if name not in os.environ and hard: raise E\nf('A', hard=True)",
        "required",
    ),
    ("def f(name): return name in os.environ\nif f('A'): print()", "-"),
    ("def f(name):\n    if name not in os.environ: raise KeyError\ntry: f('A')\nexcept KeyError: pass", "-"),
]


@pytest.mark.parametrize(("code", "need"), WRAPPED)
def test_need_of_a_test_in_a_function(code: str, need: str) -> None:
    lines = rendered(f"import os, sys\n{code}\n")
    tests = [line.split()[1:] for line in lines if " A test " in line]
    assert tests == [["A", "test", need]]
