"""`check --deploy`: ways that a program takes without A and B."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.properties import REAL_STARTS
from support.started import failing, found_on_app, severities, starting, starts

# Programs that start without the variable.
SILENT = {
    "one of two, or": (
        "-- app.py --\nimport os\ndef find(*names):\n    for n in names:\n        if os.getenv(n):\n"
        '            return os.getenv(n)\n    return None\nX = find("A", "B") or "x"\n'
    ),
    "for else default": (
        '-- app.py --\nimport os\nfor n in ("A", "B"):\n    if os.getenv(n):\n        X = n\n'
        "        break\nelse:\n    X = None\nprint(X)\n"
    ),
    "first found caught": (
        "-- app.py --\nimport os\ndef find(*names):\n    for n in names:\n"
        "        if n in os.environ:\n            return os.environ[n]\n    raise KeyError(names)\n"
        'try:\n    X = find("A", "B")\nexcept KeyError:\n    X = None\n'
    ),
    "next default": (
        '-- app.py --\nimport os\nX = next((os.environ[n] for n in ("A", "B") if n in os.environ), None)\n'
    ),
    "next caught": (
        "-- app.py --\nimport os\ntry:\n"
        '    X = next(os.environ[n] for n in ("A", "B") if n in os.environ)\nexcept StopIteration:\n'
        "    X = None\n"
    ),
    "next gen first": ('-- app.py --\nimport os\nX = next(n for n in ("x", "A") if n != "A")\n'),
    "handler exits 0": (
        "-- app.py --\nimport os\nimport sys\ndef end():\n    print()\n    sys.exit(0)\n"
        'try:\n    os.environ["A"]\nexcept KeyError:\n    end()\n'
    ),
    "disjoint warns": ('-- app.py --\nimport os\nif {"A", "B"}.isdisjoint(os.environ):\n    print("none")\n'),
    "any warns": (
        '-- app.py --\nimport os\nif not any(n in os.environ for n in ("A", "B")):\n    print("none")\n'
    ),
    "sys exit 0": (
        '-- app.py --\nimport os\nimport sys\ndef main():\n    for n in ("A", "B"):\n'
        '        if n in os.environ:\n            return n\n    sys.exit(0)\nif os.getenv("RUN"):\n'
        "    main()\n"
    ),
    "raise under other": (
        '-- app.py --\nimport os\ndef main():\n    if os.getenv("A"):\n        return 1\n'
        '    if os.path.exists("/nonexistent/x"):\n        raise RuntimeError("x")\nmain()\n'
    ),
    "raise nested not": (
        '-- app.py --\nimport os\ndef fail(n):\n    raise RuntimeError(n)\nif os.getenv("A"):\n'
        '    fail("A")\n'
    ),
    "abstract": (
        "-- app.py --\nimport os\nclass Base:\n    def load(self):\n"
        "        raise NotImplementedError\nclass Sub(Base):\n    def load(self):\n        return 1\n"
        'k = Sub if not os.getenv("A") else Base\nk().load()\n'
    ),
    "handler of other module": (
        "-- app.py --\nimport os\nclass Missing(Exception):\n    pass\ndef get():\n"
        '    if "A" not in os.environ:\n        print("warn")\n        print("none")\n'
        "        raise Missing\n    return 1\ntry:\n    get()\nexcept Missing:\n    pass\n"
    ),
    "generator function": (
        '-- app.py --\nimport os\ndef found():\n    for n in ("A", "B"):\n'
        "        if n in os.environ:\n            yield n\nX = list(found())\n"
    ),
    "lazy generator": (
        '-- app.py --\nimport os\ng = (os.environ[n] for n in ("A", "B") if n in os.environ)\n'
        "if not g:\n    raise RuntimeError\nprint(list(g))\n"
    ),
    "union": (
        '-- app.py --\nimport os\nknown = {"A", "B"} | set(os.environ)\nif not known:\n'
        "    raise RuntimeError\n"
    ),
    "in environ exact": (
        '-- app.py --\nimport os\nHAS = "A" in os.environ\nMODES = {True: "x", False: "y"}\n'
        "print(MODES[HAS])\n"
    ),
}

# Programs that fail without it.
FOUND = {
    "any gen": (
        '-- app.py --\nimport os\nif not any(os.getenv(n) for n in ("A", "B")):\n'
        '    raise SystemExit("need one")\n'
    ),
    "any list": (
        '-- app.py --\nimport os\nif not any([os.getenv("A"), os.getenv("B")]):\n'
        '    raise RuntimeError("need one")\n'
    ),
    "any list comp": (
        '-- app.py --\nimport os\nif not any([os.getenv(n) for n in ["A", "B"]]):\n'
        '    raise RuntimeError("need one")\n'
    ),
    "any map": (
        '-- app.py --\nimport os\nif not any(map(os.getenv, ["A", "B"])):\n'
        '    raise RuntimeError("need one")\n'
    ),
    "any in": (
        '-- app.py --\nimport os\nif not any(n in os.environ for n in ["A", "B"]):\n'
        '    raise RuntimeError("need one")\n'
    ),
    "any const": (
        '-- app.py --\nimport os\nNAMES = ["A", "B"]\nif not any(os.environ.get(n) for n in NAMES):\n'
        '    raise RuntimeError("need one")\n'
    ),
    "any assert": ('-- app.py --\nimport os\nassert any(os.getenv(n) for n in ("A", "B"))\n'),
    "any var": (
        '-- app.py --\nimport os\nok = any(os.getenv(n) for n in ("A", "B"))\nif not ok:\n'
        '    raise RuntimeError("need one")\n'
    ),
    "or": (
        '-- app.py --\nimport os\nif not (os.getenv("A") or os.getenv("B")):\n'
        '    raise RuntimeError("need one")\n'
    ),
    "any names": (
        '-- app.py --\nimport os\na = os.getenv("A")\nb = os.getenv("B")\nif not any((a, b)):\n'
        '    raise RuntimeError("need one")\n'
    ),
    "any fn": (
        '-- app.py --\nimport os\ndef check():\n    if not any(os.getenv(n) for n in ("A", "B")):\n'
        '        raise RuntimeError("need one")\ncheck()\n'
    ),
    "any fn param": (
        "-- app.py --\nimport os\ndef need_one(*names):\n"
        '    if not any(os.getenv(n) for n in names):\n        raise RuntimeError("need one")\n'
        'need_one("A", "B")\n'
    ),
    "next": ('-- app.py --\nimport os\nX = next(os.environ[n] for n in ("A", "B") if n in os.environ)\n'),
    "next getenv": ('-- app.py --\nimport os\nX = next(v for v in map(os.getenv, ("A", "B")) if v)\n'),
    "set inter": (
        '-- app.py --\nimport os\nif not {"A", "B"} & set(os.environ):\n    raise RuntimeError("need one")\n'
    ),
    "isdisjoint": (
        '-- app.py --\nimport os\nif {"A", "B"}.isdisjoint(os.environ):\n    raise RuntimeError("need one")\n'
    ),
    "sum": (
        '-- app.py --\nimport os\nif sum(1 for n in ["A", "B"] if os.getenv(n)) < 1:\n'
        '    raise RuntimeError("need one")\n'
    ),
    "found list": (
        '-- app.py --\nimport os\nfound = [n for n in ["A", "B"] if n in os.environ]\nif not found:\n'
        '    raise RuntimeError("need one")\n'
    ),
    "for else": (
        '-- app.py --\nimport os\nfor n in ("A", "B"):\n    if os.getenv(n):\n        break\nelse:\n'
        '    raise RuntimeError("need one")\n'
    ),
    "for return": (
        '-- app.py --\nimport os\ndef f():\n    for n in ("A", "B"):\n        if n in os.environ:\n'
        '            return os.environ[n]\n    raise RuntimeError("x")\nX = f()\n'
    ),
    "all none": (
        '-- app.py --\nimport os\nif all(os.getenv(n) is None for n in ("A", "B")):\n'
        '    raise RuntimeError("need one")\n'
    ),
    "all not": (
        '-- app.py --\nimport os\nif all(n not in os.environ for n in ("A", "B")):\n'
        '    raise RuntimeError("need one")\n'
    ),
    "ifnot and": (
        '-- app.py --\nimport os\nif not os.getenv("A") and not os.getenv("B"):\n'
        '    raise RuntimeError("need one")\n'
    ),
    "sys exit 1": (
        '-- app.py --\nimport os\nimport sys\ndef main():\n    for n in ("A", "B"):\n'
        "        if n in os.environ:\n            return n\n    sys.exit(1)\nmain()\n"
    ),
    "raise after log": (
        '-- app.py --\nimport os\nimport logging\nif not os.getenv("A"):\n    for n in (1, 2):\n'
        '        logging.error(n)\n    raise RuntimeError("A")\n'
    ),
    "handler calls": (
        "-- app.py --\nimport os\nimport sys\ndef end():\n    print()\n    sys.exit(1)\n"
        'def load():\n    return os.environ["A"]\ntry:\n    load()\nexcept KeyError:\n    end()\n'
    ),
    "raise nested": (
        '-- app.py --\nimport os\ndef fail(n):\n    raise RuntimeError(n)\nif not os.getenv("A"):\n'
        '    fail("A")\n'
    ),
    "int of in": ('-- app.py --\nimport os\nN = int("A" in os.environ)\nprint(1 / N)\n'),
}

test_program_that_starts_without_its_variable = starting(SILENT)
test_program_that_fails_while_it_starts = failing(FOUND)


@pytest.mark.parametrize("name", [each for each in FOUND if each.startswith(("any", "all", "next", "for"))])
def test_one_of_two_is_enough(tmp_path: Path, name: str) -> None:
    assert severities(tmp_path, FOUND[name], "B=1\n") <= {"information"}


_END = "-- app.py --\nimport os\nimport sys\ndef end():\n    print('A')\n    sys.exit(1)\n"
# Programs that fail without A, after code that takes one of two ways because Z is not set.
AFTER = {
    "caught": (
        f'{_END}Z = os.getenv("Z")\ntry:\n    if not Z:\n        raise ValueError\nexcept ValueError:\n'
        "    pass\n"
    ),
    "in handler": (f'{_END}try:\n    os.environ["Z"]\nexcept KeyError:\n    print("no Z")\n'),
    "caught call": (
        f"{_END}def no():\n    raise KeyError\ntry:\n"
        '    if not os.getenv("Z"):\n        no()\nexcept KeyError:\n    pass\n'
    ),
    "nested return": (
        f'{_END}def f():\n    if not os.getenv("Z"):\n        if os.getenv("A"):\n            return\n'
        "        print()\n    end()\nf()\n"
    ),
    "continue": (
        f'{_END}for n in ("Z", "Y"):\n    if n in os.environ:\n        continue\n    print("no", n)\n'
    ),
    "break": f'{_END}for n in ("Z", "Y"):\n    if os.getenv(n):\n        break\n',
    "for else": (
        f'{_END}for n in ("Z", "Y"):\n    if os.getenv(n):\n        break\nelse:\n    print("no", n)\n'
    ),
    "while": f'{_END}while True:\n    if os.getenv("Z"):\n        break\n    break\n',
    "function": f'{_END}def f():\n    if os.getenv("Z"):\n        return 1\nf()\n',
    "property": (
        f'{_END}class C:\n    @property\n    def x(self):\n        if os.getenv("Z"):\n            return 1\n'
        "C().x\n"
    ),
    "coroutine": (
        f'{_END}import asyncio\nasync def f():\n    if os.getenv("Z"):\n        return 1\nasyncio.run(f())\n'
    ),
}


@pytest.mark.parametrize("code", AFTER.values(), ids=AFTER)
def test_variable_of_a_way_that_does_not_matter(tmp_path: Path, code: str) -> None:
    """Only A is reported: with Z, the program fails as well."""
    files = f'{code}if not os.getenv("A"):\n    end()\n'
    found = found_on_app(tmp_path, files)
    assert {each.variable.name for each in found if each.severity == "error" and each.variable} == {"A"}
    if REAL_STARTS:
        assert not starts(tmp_path, "import os; os.environ['Z'] = '1'; import app")
        assert starts(tmp_path, "import os; os.environ['A'] = '1'; import app")
