"""`check --deploy`: what only a command of click or Flask needs that nothing on Heroku runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import severities

_FLASK = "-- app.py --\nfrom flask import Flask\nimport click, os\napp = Flask(__name__)\n"
_BODY = 'def seed():\n    os.environ["SEED_PW"]\n'
_SEED = f'{_FLASK}@app.cli.command("seed-all")\n{_BODY}'
_WEB = "-- Procfile --\nweb: gunicorn app:app\n"

# Nothing runs the command.
SILENT = {
    "flask": f"{_WEB}{_SEED}",
    "without a name": f"{_WEB}{_FLASK}@app.cli.command()\n{_BODY}",
    "with options": f'{_WEB}{_FLASK}@app.cli.command()\n@click.option("--all")\n{_BODY}',
    "of a blueprint": f"{_WEB}{_FLASK}bp = app\n@bp.cli.command()\n{_BODY}",
    "registered": (
        f"{_WEB}{_FLASK}from commands import seed\napp.cli.add_command(seed)\n"
        f"-- commands.py --\nimport click, os\n@click.command()\n{_BODY}"
    ),
    "a test runs it": f"{_WEB}{_SEED}-- tests/test_app.py --\nfrom app import seed\nrunner.invoke(seed)\n",
}

# Something runs the code.
FOUND = {
    "a process": f"{_WEB}job: flask seed-all\n{_SEED}",
    "the release phase": f"{_WEB}release: ./release.sh\n-- release.sh --\nflask seed-all\n{_SEED}",
    "app.json": f'{_WEB}-- app.json --\n{{"scripts": {{"postdeploy": "flask seed-all"}}}}\n{_SEED}',
    "a call": f"{_WEB}{_SEED}seed.callback()\n",
    "another program": f'{_WEB}{_SEED}os.system("flask seed-all")\n',
    "a default": f'{_WEB}{_FLASK}@app.cli.command()\ndef seed(x=os.environ["SEED_PW"]):\n    pass\n',
    "a command of a bot": (
        "-- Procfile --\nworker: python bot.py\n-- bot.py --\nimport os\n"
        f'from discord.ext import commands\nbot = commands.Bot("!")\n@bot.command()\nasync {_BODY}'
    ),
}


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_command_that_nothing_runs(tmp_path: Path, files: str) -> None:
    assert severities(tmp_path, files) <= {"information"}


@pytest.mark.parametrize("files", FOUND.values(), ids=FOUND)
def test_code_that_runs(tmp_path: Path, files: str) -> None:
    assert "error" in severities(tmp_path, files)
