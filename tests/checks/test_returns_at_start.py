"""`check --deploy`: functions that return for accepted values and otherwise raise.

Each program is really started.
"""

from __future__ import annotations

from support.started import failing, starting

_APP = "-- app.py --\nimport os\n"
_PICK = f"{_APP}def pick(v):\n    if v == 'a':\n        return 1\n    raise ValueError(v)\n"
_SHORT = f"{_APP}def pick(v):\n    if v == 'a': return 1\n    raise ValueError(v)\n"
_BOOL = (
    f"{_APP}def pick(v):\n    if v.lower() in ('1', 'true'):\n        return True\n"
    "    if v.lower() in ('0', 'false'):\n        return False\n    raise ValueError(v)\n"
)
_X = "pick(os.getenv('A', 'x'))\n"

# Programs that start without the variable.
SILENT = {
    "an accepted default": f"{_PICK}D = pick(os.getenv('A', 'a'))\n",
    "an accepted default, on a line": f"{_SHORT}D = pick(os.getenv('A', 'a'))\n",
    "a second accepted default": f"{_BOOL}D = pick(os.getenv('A', 'False'))\n",
    "it is caught": f"{_PICK}try:\n    D = {_X}except ValueError:\n    D = 0\n",
    "it is caught with others": f"{_PICK}try:\n    D = {_X}except Exception:\n    D = 0\n",
    "it is caught inside": (
        f"{_APP}def pick(v):\n    try:\n        if v == 'a':\n            return 1\n"
        f"        raise ValueError(v)\n    except ValueError:\n        return 0\nD = {_X}"
    ),
    "it is suppressed": f"{_PICK}import contextlib\nwith contextlib.suppress(ValueError):\n    D = {_X}",
    "it is not called": f"{_PICK}def later():\n    return {_X}",
    "it is called under a condition": f"{_PICK}if len(os.environ) > 10**6:\n    D = {_X}",
    "it is called if it is set": f"{_PICK}if os.getenv('A'):\n    D = {_X}",
    "a return in between": (
        f"{_APP}def pick(v):\n    if v == 'a':\n        return 1\n    if len(v) == 1:\n        return 2\n"
        f"    raise ValueError(v)\nD = {_X}"
    ),
    "a return in between that is not known": (
        f"{_APP}def pick(v):\n    if v == 'a':\n        return 1\n    if len(os.environ) < 10**6:\n"
        f"        return 2\n    raise ValueError(v)\nD = {_X}"
    ),
    "a return before that is not known": (
        f"{_APP}def pick(v):\n    if len(os.environ) < 10**6:\n        return 2\n    if v == 'a':\n"
        f"        return 1\n    raise ValueError(v)\nD = {_X}"
    ),
    "a return around": (
        f"{_APP}def pick(v):\n    if v != 'b':\n        if v == 'x':\n            return 1\n"
        f"    raise ValueError(v)\nD = {_X}"
    ),
    "another value": f"{_PICK}v = os.getenv('A', 'x')\nif v == 'x':\n    v = 'a'\npick(v)\n",
    "a value that is changed": (
        f"{_APP}def pick(v):\n    v = {{'x': 'a'}}.get(v, v)\n    if v == 'a':\n        return 1\n"
        f"    raise ValueError(v)\nD = {_X}"
    ),
    "an exit without an error": (
        f"{_APP}import sys\ndef pick(v):\n    if v == 'a':\n        return 1\n    sys.exit(0)\nD = {_X}"
    ),
    "no return": f"{_APP}def pick(v):\n    if v == 'a':\n        return 1\n    print(v)\nD = {_X}",
    "a loop that breaks": (
        f"{_APP}for v in (os.getenv('A', 'x'), 'a'):\n    if v == 'a':\n        break\n"
        "else:\n    raise ValueError\n"
    ),
    "a loop that goes on": (
        f"{_APP}for v in (os.getenv('A', 'x'), 'a'):\n    if v == 'x':\n        continue\n"
        "    if v == 'a':\n        break\n    raise ValueError\n"
    ),
    "a loop whose round raises and is caught": (
        f"{_PICK}for v in (os.getenv('A', 'x'), 'a'):\n    try:\n        pick(v)\n        break\n"
        "    except ValueError:\n        pass\n"
    ),
    "a generator": (
        f"{_APP}def pick(v):\n    if v == 'a':\n        return\n    raise ValueError(v)\n"
        f"    yield v\nD = {_X}"
    ),
    "a method": (
        f"{_APP}class Kind:\n    @classmethod\n    def pick(cls, v):\n        if v == 'x':\n"
        f"            return 1\n        raise ValueError(v)\nD = Kind.{_X}"
    ),
    "a decorator that catches": (
        f"{_APP}def safe(f):\n    def inner(v):\n        try:\n            return f(v)\n"
        "        except ValueError:\n            return None\n    return inner\n"
        f"{_PICK.removeprefix(_APP).replace('def pick', '@safe' + chr(10) + 'def pick')}D = {_X}"
    ),
    "a default of two variables": (
        f"{_PICK}os.environ['B'] = 'a'\nD = pick(os.getenv('A', os.getenv('B', 'x')))\n"
    ),
}

# Programs that fail without it.
FOUND = {
    "a refused default": f"{_PICK}D = {_X}",
    "a refused default, on a line": f"{_SHORT}D = {_X}",
    "a refused default of a bool": f"{_BOOL}D = {_X}",
    "a refused default of one list": (
        f"{_APP}def pick(v):\n    if v.lower() in ('1', 'true'):\n        return True\n"
        f"    raise ValueError(v)\nD = {_X}"
    ),
    "elif": (
        f"{_APP}def pick(v):\n    if v == 'a':\n        return 1\n    elif v == 'b':\n        return 2\n"
        f"    raise ValueError(v)\nD = {_X}"
    ),
    "else": (
        f"{_APP}def pick(v):\n    if v == 'a':\n        return 1\n    else:\n"
        f"        raise ValueError(v)\nD = {_X}"
    ),
    "a test before": (
        f"{_APP}def pick(v):\n    if v is None:\n        return 0\n    if v == 'a':\n        return 1\n"
        f"    raise ValueError(v)\nD = {_X}"
    ),
    "statements in between": (
        f"{_APP}def pick(v):\n    if v == 'a':\n        return 1\n    print('no', v)\n"
        f"    raise ValueError(v)\nD = {_X}"
    ),
    "a set": (
        f"{_APP}KINDS = {{'a': 1}}\ndef pick(v):\n    if v in KINDS:\n        return KINDS[v]\n"
        f"    raise ValueError(v)\nD = {_X}"
    ),
    "a number": (
        f"{_APP}def pick(v):\n    if v > 3:\n        return v\n    raise ValueError(v)\n"
        "D = pick(int(os.getenv('A', '3')))\n"
    ),
    "an own exception": (
        f"{_APP}class Wrong(Exception):\n    pass\ndef pick(v):\n    if v == 'a':\n        return 1\n"
        f"    raise Wrong(v)\nD = {_X}"
    ),
    "another exception is caught": f"{_PICK}try:\n    D = {_X}except KeyError:\n    D = 0\n",
    "a method": (
        f"{_APP}class Kind:\n    @classmethod\n    def pick(cls, v):\n        if v == 'a':\n"
        f"            return 1\n        raise ValueError(v)\nD = Kind.{_X}"
    ),
    "an exit": (
        f"{_APP}import sys\ndef pick(v):\n    if v == 'a':\n        return 1\n    sys.exit('no')\nD = {_X}"
    ),
    "an empty default": f"{_PICK}D = pick(os.getenv('A', ''))\n",
    "a default by or": f"{_PICK}D = pick(os.getenv('A') or 'x')\n",
    "another module": f"-- kinds.py --\n{_PICK.removeprefix(_APP)}{_APP}from kinds import pick\nD = {_X}",
}

test_program_that_starts = starting(SILENT)

test_program_that_fails = failing(FOUND)
