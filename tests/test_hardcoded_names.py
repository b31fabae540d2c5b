"""Secrets in place of a name: such a read is dynamic, and the secret is not shown."""

from __future__ import annotations

from support.projects import opened

CODE = """\
import os
from flask import Flask
os.environ["MAIL-HOST"], os.getenv("NAME_2")
os.getenv("sk_live_51HxYzabcdef"), os.environ["AKIAIOSFODNN7EXAMPLE"]
app = Flask(__name__)
app.config["f2c1e7ab40d58c3e6f1a7b2"] = 1
"""


def test_a_secret_instead_of_a_name_is_not_a_name(tmp_path):
    it = opened(tmp_path, CODE)
    facts = it.project.index.files[it.path("app.py")]
    assert [found.variable.name for found in facts.references] == ["MAIL-HOST", "NAME_2"]
    assert not facts.definitions
    assert [f"{it.line(facts.path, found.span.start)} {found.idiom}" for found in facts.dynamic] == [
        "app.py:4:12 os.getenv",
        "app.py:4:48 os.environ[]",
    ]
    assert "sk_live" not in "".join(finding.message for finding in it.workspace.findings(facts.path))
