"""Code that loads an env file only if a library is installed, and requirements that do not name it."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.git import git
from support.projects import opened

IN_TRY = """\
try:
    from dotenv import load_dotenv
    load_dotenv("deploy.env")
except ImportError:
    pass
"""
REPLACED = """\
try:
    import dotenv
except ImportError:
    dotenv = None
dotenv.load_dotenv("deploy.env")
"""
ALWAYS = 'from dotenv import load_dotenv\nload_dotenv("deploy.env")\n'
DOUBT = (
    "warning X is not set on Heroku app bare; the code fails there without it, unless app.py:{line}"
    " loads deploy.env, which sets it before, in the web process. Set it: `heroku config:set X=… --app bare`"
)


@pytest.mark.parametrize(
    ("requirements", "code", "expected"),
    [
        ("python-dotenv", IN_TRY, None),
        ("python-dotenv", REPLACED, None),
        ("flask", ALWAYS, None),
        ("flask", IN_TRY, 4),
        ("flask", REPLACED, 6),
    ],
)
def test_what_an_optional_library_loads(
    tmp_path: Path, requirements: str, code: str, expected: int | None
) -> None:
    files = (
        "-- heroku:bare --\n-- Procfile --\nweb: gunicorn app:app\n-- deploy.env --\nX=1\n"
        f"-- requirements.txt --\n{requirements}\n-- app.py --\nimport os\n{code}os.environ['X']\n"
    )
    it = opened(tmp_path, files)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-f", ".")
    project = judged(it.workspace, str(tmp_path), deploying=True)
    found = run_checks(project, str(tmp_path / "app.py"))
    assert [f"{each.severity} {each.message}" for each in found if each.check == "not-on-heroku"] == (
        [] if expected is None else [DOUBT.format(line=expected)]
    )
