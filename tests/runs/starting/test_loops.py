"""Loops of programs that start: the rounds that certainly run. Each program is also really started."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.properties import REAL_STARTS
from support.started import is_reported, starts

_READ = "-- app.py --\nimport asyncio, itertools, os, sys, time\nA = os.getenv('A')\n"
_FAILS = "    time.sleep(A)\n"

SILENT = {
    "no round of range": f"{_READ}for i in range(0):\n{_FAILS}",
    "a range of unknown length": f"{_READ}for i in range(len(sys.argv) - 1):\n{_FAILS}",
    "no items": f"{_READ}for x in []:\n{_FAILS}",
    "no items to number": f"{_READ}for i, x in enumerate([]):\n{_FAILS}",
    "a false condition": f"{_READ}while False:\n{_FAILS}",
    "a condition of Python": f"{_READ}while len(sys.argv) > 9:\n{_FAILS}",
    "an exception that is caught": (
        f"{_READ}while True:\n    try:\n        time.sleep(A)\n    except TypeError:\n        sys.exit(0)\n"
    ),
    "attempts": f"{_READ}for i in range(3):\n    try:\n    {_FAILS}    except TypeError:\n        pass\n",
    "break before": f"{_READ}while True:\n    if not A:\n        break\n{_FAILS}",
    "return before": (
        f"{_READ}def f():\n    while True:\n        if not A:\n            return\n    {_FAILS}f()\n"
    ),
    "continue before": f"{_READ}for i in range(3):\n    if A is None:\n        continue\n{_FAILS}",
    "assigned before": (
        f"{_READ}while True:\n    if not A:\n        A = '0'\n    time.sleep(float(A))\n    break\n"
    ),
    "assigned in the loop": f"{_READ}B = A\nfor i in range(3):\n    B = 'x'\nprint('x' + B)\n",
    "assigned in an endless loop": f"{_READ}while True:\n    A = 'x'\n    break\nprint('x' + A)\n",
    "else behind a break": f"{_READ}for x in ['a']:\n    break\nelse:\n{_FAILS}",
    "else of an endless loop": f"{_READ}while True:\n    break\nelse:\n{_FAILS}",
    "a generator that nothing uses": f"{_READ}def f():\n    while True:\n    {_FAILS}        yield\nf()\n",
}
FOUND = {
    "endless": f"{_READ}while True:\n{_FAILS}",
    "endless, in a function": (
        f"{_READ}def main():\n    while True:\n        print('x')\n    {_FAILS}main()\n"
    ),
    "endless, async": (
        f"{_READ}async def main():\n    while 1:\n        await asyncio.sleep(0)\n        'x' + A\n"
        "asyncio.run(main())\n"
    ),
    "a condition that holds at first": f"{_READ}stop = False\nwhile not stop:\n{_FAILS}",
    "a condition that fails": f"{_READ}while len(A) < 3:\n    pass\n",
    "range": f"{_READ}for i in range(3):\n{_FAILS}",
    "a long range": f"{_READ}for i in range(1, 9999, 2):\n{_FAILS}",
    "count": f"{_READ}for i in itertools.count():\n{_FAILS}",
    "cycle": f"{_READ}for x in itertools.cycle(['a', 'b']):\n{_FAILS}",
    "enumerate": f"{_READ}for i, x in enumerate(['a', 'b']):\n{_FAILS}",
    "else": f"{_READ}for x in ['a']:\n{_FAILS}else:\n    pass\n",
    "behind another test": (
        f"{_READ}while True:\n    if len(sys.argv) > 9:\n        print('x')\n{_FAILS}    break\n"
    ),
    "behind the loop": f"{_READ}while True:\n    break\ntime.sleep(A)\n",
}


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_program_that_starts(tmp_path: Path, files: str) -> None:
    assert not is_reported(tmp_path, files)
    if REAL_STARTS:
        assert starts(tmp_path)


@pytest.mark.parametrize("files", FOUND.values(), ids=FOUND)
def test_program_that_fails(tmp_path: Path, files: str) -> None:
    assert is_reported(tmp_path, files)
    if REAL_STARTS:
        assert not starts(tmp_path)
