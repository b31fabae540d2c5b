"""Which versions of a package are older, by what a lock file or a requirement says."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.pinned import is_older
from configvars.requirements import Requirements
from support.projects import opened

CODE = "-- app.py --\nimport flask\n"
NOT_OLDER = [
    "",
    "-- requirements.txt --\nflask\n",
    "-- requirements.txt --\nflask>=2.0\n",
    "-- requirements.txt --\nflask-mail==1.0\n",
    "-- requirements.txt --\nflask==2.3\n",
    "-- requirements.txt --\nflask<=2.3\n",
    '-- requirements.txt --\nflask==2.2\n-- poetry.lock --\nname = "flask"\nversion = "2.3.1"\n',
]
OLDER = [
    "-- requirements.txt --\nFlask==2.2.5\n",
    "-- requirements.txt --\nflask<2.3\n",
    "-- requirements.txt --\nflask[async]~=2.2.0\n",
    '-- requirements.txt --\nflask==2.3\n-- poetry.lock --\nname = "Flask"\nversion = "2.2.5"\n',
]


@pytest.mark.parametrize("files", NOT_OLDER)
def test_what_is_not_known_to_be_older(tmp_path: Path, files: str) -> None:
    assert not is_older(opened(tmp_path, CODE + files).project, "flask", (2, 3))


@pytest.mark.parametrize("files", OLDER)
def test_what_is_older(tmp_path: Path, files: str) -> None:
    assert is_older(opened(tmp_path, CODE + files).project, "flask", (2, 3))


def test_the_requirements_nearest_to_the_code_count_until_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {"old": "2.2", "new": "2.3"}
    text = "".join(
        f"-- {folder}/app.py --\nimport flask\n-- {folder}/requirements.txt --\nflask=={version}\n"
        for folder, version in folders.items()
    )
    workspace = opened(tmp_path, text).workspace

    def older() -> list[bool]:
        project = workspace.project()
        return [is_older(project, "flask", (2, 3), str(tmp_path / folder / "app.py")) for folder in folders]

    assert older() == [True, False]
    with monkeypatch.context() as patched:
        patched.setattr(Requirements, "nearest", None)  # nothing is looked up again
        assert older() == [True, False]
    workspace.open(str(tmp_path / "old/requirements.txt"), "flask==2.3\n")
    assert older() == [False, False]
