"""The names that `pull` gets on its command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.cli.errors import CannotRun
from configvars.cli.pull_names import NAME_RULE, checked_names


def test_each_name_counts_once_in_its_order() -> None:
    assert checked_names(["B", "A", "B"], every=False) == ["B", "A"]
    assert checked_names([], every=True) == []


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["A=secret"], "A comes with a value: pull takes only names and reads the values from Heroku."),
        (["A", "B,C"], "Separate the names with spaces: `configvars pull B C …`."),
        (["A", "there"], None),
        (["A", "there.env"], "there.env is a file: name the env file to write with --into."),
        (["A", "se cret"], f"Name 2 cannot be the name of a config var: {NAME_RULE}."),
        (
            ["A", "full-app"],
            f"Name 2 cannot be the name of a config var: {NAME_RULE}."
            " If it is an app, write `--app` before it.",
        ),
        (["1=secret"], f"Name 1 cannot be the name of a config var: {NAME_RULE}."),
        (["A,1"], f"Name 1 cannot be the name of a config var: {NAME_RULE}."),
    ],
)
def test_names_that_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], said: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("there", "there.env"):
        (tmp_path / name).touch()
    if said is None:
        assert checked_names(names, every=False) == names
        return
    with pytest.raises(CannotRun) as refused:
        checked_names(names, every=False)
    assert str(refused.value) == said


def test_names_and_all() -> None:
    with pytest.raises(CannotRun, match="or use --all, not both"):
        checked_names(["A"], every=True)
