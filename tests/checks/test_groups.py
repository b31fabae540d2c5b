"""Which checks a selection such as `ALL` or a group contains."""

from __future__ import annotations

import pytest

from configvars.checks import CHECKS
from configvars.checks.groups import EVERY, GROUPS, is_selected
from configvars.settings import Settings


def test_every_check_is_in_one_group() -> None:
    names = [name for group in GROUPS.values() for name in group]
    assert sorted(names) == sorted(check.name for check in CHECKS)
    assert not {EVERY, *GROUPS} & {check.name for check in CHECKS}


@pytest.mark.parametrize(
    ("select", "ignore", "runs"),
    [
        ((), (), True),
        (("ALL",), (), True),
        (("env-files",), (), True),
        (("bare-name",), (), True),
        (("code",), (), False),
        (("syntax-error",), (), False),
        ((), ("bare-name",), False),
        ((), ("env-files",), False),
        ((), ("ALL",), False),
        (("bare-name",), ("env-files",), True),
        (("bare-name",), ("bare-name",), False),
        (("env-files",), ("bare-name",), False),
        (("ALL",), ("code",), True),
    ],
)
def test_selection(select: tuple[str, ...], ignore: tuple[str, ...], runs: bool) -> None:
    assert is_selected("bare-name", Settings(select=select, ignore=ignore)) is runs
