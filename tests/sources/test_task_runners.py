"""Tasks in pyproject.toml: the place of each."""

from __future__ import annotations

from pathlib import Path

from support.projects import opened


def test_a_start_is_at_the_name_of_its_task(tmp_path: Path) -> None:
    text = '[tool.poe.tasks]\nserve = "flask run"\nload.env = {A = "1"}\nload.cmd = "python load.py"\n'
    it = opened(tmp_path, f"-- pyproject.toml --\n{text}")
    starts = it.project.index.files[it.path("pyproject.toml")].starts
    assert [(each.label, each.span.of(text)) for each in starts] == [
        ("flask", "serve"),
        ("python load.py", "load"),
    ]
