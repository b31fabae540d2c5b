"""Copies of the environment, and reads that a test in front of them guards: to the need of each."""

from __future__ import annotations

import pytest

from support.python_facts import rendered

HEAD = "import os\n"
COPIES = {
    "env = {**os.environ, 'A': '1'}\nenv['A']\n": [],
    "env = dict(os.environ, A='1')\nenv['A']\n": [],
    "env = {**os.environ, 'A': '1'}\nenv['B']\n": ["3:6 B read required"],
    "env = {'A': '1', **os.environ}\nenv['A']\n": ["3:6 A read defaulted"],
}
LEAVE = "def f():\n    if 'A' not in os.environ:\n{}    return os.environ['A']\n"
GUARDS = {
    "        print('no')\n": "required",
    "        return None\n": "guarded",
    "        print('no')\n        return None\n": "guarded",
    "        print('no')\n        raise SystemExit\n": "guarded",
}
SET = "os.environ['A'] = '1'\n"
REMOVALS = {
    f"{SET}os.environ['A']\n": "guarded",
    f"{SET}os.environ['A']\ndel os.environ['A']\n": "guarded",
    f"del os.environ['A']\n{SET}os.environ['A']\n": "guarded",
    f"{SET}def f():\n    del os.environ['A']\nos.environ['A']\n": "guarded",
    f"{SET}del os.environ['A']\nos.environ['A']\n": "required",
    f"{SET}os.environ.pop('A')\nos.environ['A']\n": "required",
    "os.putenv('A', '1')\nos.environ['A']\n": "required",
}


@pytest.mark.parametrize("code", REMOVALS)
def test_a_variable_that_the_code_sets_and_removes(code: str) -> None:
    found = [line for line in rendered(HEAD + code) if " A read " in line]
    assert found[-1].endswith(f"A read {REMOVALS[code]}")


@pytest.mark.parametrize("code", COPIES)
def test_copies(code: str) -> None:
    assert rendered(HEAD + code) == COPIES[code]


@pytest.mark.parametrize("body", GUARDS)
def test_a_test_guards_what_is_below_if_its_last_statement_leaves(body: str) -> None:
    found = rendered(HEAD + LEAVE.format(body))
    (read,) = (line for line in found if " read " in line)
    assert read.endswith(f"A read {GUARDS[body]}")
