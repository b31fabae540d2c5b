"""A link named `.env` that leads out of the folder: env files are read, nothing of other files is shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.features.document_symbols import document_symbols
from configvars.features.drift import drift
from support.projects import Opened, opened

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has few links in a folder")

APP = "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ['A']\nos.environ['B']\n"
KEY = (
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\n"
    "AAAAMwAAAAtzc2gtZWQyNTUxOQAAACBYq\nhunter2=\n-----END OPENSSH PRIVATE KEY-----\n"
)
OTHERS = {
    "a private key": ("id_ed25519", KEY),
    "a private key that is named like an env file": (".env", KEY),
    "passwords": ("passwords.txt", "A=1\nhunter2 correct horse\n"),
    "a shadow file": ("shadow", "root:$6$hunter2$abc:19000:0:99999:7:::\nA=1\n"),
    "a shadow file that is named like an env file": (".env", "root:$6$hunter2$abc:19000:0:99999:7:::\n"),
    "credentials": ("credentials", "[default]\naws_access_key_id=hunter2\n"),
    "a history": (".bash_history", "A=1\nexport hunter2\ncurl x\n"),
}
LINES = ["FOO", "export C", "set -a", "[section]", "  C: 3", "C='not closed", "source ../x"]


def linked(root: Path, name: str, text: str) -> Opened:
    (root / "main").mkdir()
    (root / "main" / name).write_text(text)
    (root / "wt").mkdir()
    (root / "wt/.env").symlink_to(f"../main/{name}")
    return opened(root / "wt", f"-- app.py --\n{APP}")


def said(it: Opened) -> str:
    """All that is shown about the link."""
    project, path = it.project, it.path(".env")
    found = [*run_checks(project, path), *run_checks(project, it.path("app.py"))]
    rows = [row.name for row in drift(project).rows]
    symbols = document_symbols(project, path) if path in project.index.files else ()
    return "\n".join(["\n".join(map(it.finding, found)), *rows, *map(repr, symbols)])


@pytest.mark.parametrize("kind", OTHERS)
def test_nothing_of_another_file_is_shown(tmp_path: Path, kind: str) -> None:
    shown = said(linked(tmp_path, *OTHERS[kind]))
    assert "does not look like an env file" in shown
    assert "hunter2" not in shown
    assert "default" not in shown


def test_a_file_of_another_user_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: os.stat(tmp_path).st_uid + 1)
    assert "does not look like an env file" in said(linked(tmp_path, ".env", "A=1\nhunter2\n"))


def test_a_private_key_in_an_env_file_is_not_shown(tmp_path: Path) -> None:
    shown = said(linked(tmp_path, ".env", f"A=1\n{KEY}"))
    assert "hunter2" not in shown
    assert "does not look like" not in shown


@pytest.mark.parametrize("name", [".env", ".env.local", "dev.env"])
@pytest.mark.parametrize("line", LINES)
def test_the_env_file_of_another_checkout_is_read(tmp_path: Path, line: str, name: str) -> None:
    it = linked(tmp_path, name, f"A=1\n{line}\n")
    found = [it.finding(one) for one in run_checks(it.project, it.path("app.py"))]
    assert [one.split(";")[0] for one in found] == ["app.py:5:13 warning B is missing from .env"]
    missing = {row.name: row.missing for row in drift(it.project).rows if row.name in "AB"}
    assert missing == {"A": (), "B": ("env files",)}
