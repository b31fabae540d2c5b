"""`check --deploy`: functions and names that say whether a variable is set, and code that then ends.

Each program is really started.
"""

from __future__ import annotations

from support.started import failing, starting

_APP = "-- app.py --\nimport os, sys\n"
_LOG = f"{_APP}import logging\nlog = logging.getLogger(__name__)\n"
_VALID = (
    f"{_APP}def valid():\n    if not os.getenv('A'):\n        print('A is missing')\n        return False\n"
    "    return True\n"
)
_OK = f"{_APP}ok = True\nif not os.getenv('A'):\n    print('A is missing')\n    ok = False\n"
_LOOP = "for name in ('A', 'PATH'):\n    if not os.getenv(name):\n        print(name)\n        ok = False\n"
_END = "if not ok:\n    sys.exit('no')\n"
_GET = f"{_APP}def get():\n    if os.getenv('A'):\n        print('A is set')\n        return 'x'\n"

SILENT = {
    "a flag that an unknown value replaces": f"{_OK}if len(sys.argv) < 9:\n    ok = len(sys.argv)\n{_END}",
    "a flag that a block sets twice": (
        f"{_OK}if len(sys.argv) < 9:\n    ok = False\n    if len(sys.argv) < 9:\n        ok = True\n{_END}"
    ),
    "an answer that is only printed": f"{_VALID}print(valid())\n",
    "an answer for something else": f"{_VALID}if not valid():\n    X = 1\n",
    "the other answer": f"{_VALID}if valid():\n    sys.exit('no')\n",
    "an answer that is caught": (
        f"{_VALID}try:\n    if not valid():\n        sys.exit(1)\nexcept SystemExit:\n    pass\n"
    ),
    "an answer that is not asked": f"{_VALID}def later():\n    if not valid():\n        sys.exit(1)\n",
    "an answer or a default": f"{_GET}(get() or 'x').strip()\n",
    "a flag that is only printed": f"{_OK}print(ok)\n",
    "a flag that is set again": f"{_OK}ok = True\n{_END}",
    "a flag of another condition": f"{_OK}if not ok and len(sys.argv) > 9:\n    sys.exit('no')\n",
    "a flag that a condition may set again": f"{_OK}if len(sys.argv) < 9:\n    ok = True\n{_END}",
    "a flag that a loop may set again": f"{_OK}for each in sys.argv:\n    ok = True\n{_END}",
    "a flag in a loop that is only printed": f"{_APP}ok = True\n{_LOOP}print(ok)\n",
    "a name that another branch binds": (
        f"{_APP}level = None\nif not os.getenv('A'):\n    level = 'info'\nlevel.upper()\n"
    ),
    "a flag that is true": (
        f"{_APP}dev = False\nif not os.getenv('A'):\n    dev = True\nif not dev:\n    sys.exit('no')\n"
    ),
}

FOUND = {
    "a flag of two that are both missing": (
        f"{_APP}def valid():\n    ok = True\n    if not os.getenv('A'):\n        ok = False\n"
        "    if not os.getenv('B'):\n        ok = False\n    return ok\nassert valid()\n"
    ),
    "an answer behind a call": (
        f"{_APP}def tell():\n    return 1\ndef valid():\n    if not os.getenv('A'):\n        tell()\n"
        "        return False\n    return True\nif not valid():\n    sys.exit(1)\n"
    ),
    "an object that is returned for another reason": (
        f"{_APP}class S:\n    pass\ndef get():\n    if os.getenv('B'):\n        return None\n    s = S()\n"
        "    s.a = os.getenv('A')\n    return s\nget().a.strip()\n"
    ),
    "an answer": f"{_VALID}if not valid():\n    sys.exit(1)\n",
    "an answer and raise": f"{_VALID}if not valid():\n    raise RuntimeError\n",
    "an answer and or": f"{_VALID}valid() or sys.exit('no')\n",
    "an answer with a name": f"{_VALID}is_valid = valid()\nif not is_valid:\n    sys.exit('no')\n",
    "an answer of a method": (
        f"{_APP}class S:\n    def valid(self):\n        if not os.getenv('A'):\n            print('no')\n"
        "            return False\n        return True\nif not S().valid():\n    sys.exit(1)\n"
    ),
    "an answer with a list": (
        f"{_LOG}def valid():\n    missing = [n for n in ('A',) if n not in os.environ]\n    if missing:\n"
        "        log.error('missing: %s', missing)\n        return False\n    return True\n"
        "if not valid():\n    sys.exit(1)\n"
    ),
    "an answer of an answer": f"{_VALID}def check():\n    return valid()\nif not check():\n    sys.exit(1)\n",
    "no answer": f"{_GET}get().strip()\n",
    "a flag": f"{_OK}{_END}",
    "a flag in a loop": f"{_APP}ok = True\n{_LOOP}{_END}",
    "a flag in a function": (
        f"{_APP}def valid():\n    ok = True\n"
        + "".join(f"    {line}\n" for line in _LOOP.splitlines())
        + "    return ok\nif not valid():\n    sys.exit('no')\n"
    ),
    "a flag of two": f"{_OK}if not os.getenv('PATH'):\n    ok = False\n{_END}",
    "a flag of two, in the other order": (
        f"{_APP}ok = True\nif not os.getenv('PATH'):\n    ok = False\nif not os.getenv('A'):\n"
        f"    ok = False\n{_END}"
    ),
}

test_program_that_starts = starting(SILENT)
test_program_that_fails = failing(FOUND)
