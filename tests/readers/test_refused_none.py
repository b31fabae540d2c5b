"""The table of arguments that libraries refuse: what it is made from, and what a library here really does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

from configvars.readers.refused_none import refused_arguments

REPOSITORY = Path(__file__).parents[2]
LIST = tomllib.loads((REPOSITORY / "tools" / "refused_arguments.toml").read_text("utf-8"))
TABLE = json.loads(
    (REPOSITORY / "server" / "configvars" / "readers" / "refused_arguments.json").read_text("utf-8")
)


def test_every_call_in_the_list_has_a_result() -> None:
    listed = {path for package in LIST.values() for call in package["calls"] for path in call["paths"]}
    assert {path for package in TABLE.values() for path in package["calls"]} == listed


def test_every_package_has_a_version() -> None:
    assert all(package["version"][:1].isdigit() for package in TABLE.values())


def test_what_is_accepted_is_not_refused() -> None:
    assert refused_arguments("twilio.rest.Client") == ()
    assert refused_arguments("boto3.client") == ()
    assert refused_arguments("celery.Celery") == ()


def test_a_library_is_really_called() -> None:
    def job(value: str) -> dict[str, object]:
        return {
            "path": "itsdangerous.URLSafeSerializer",
            "on": "{}()",
            "argument": "secret_key",
            "arguments": {"secret_key": value},
            "variables": {},
            **dict.fromkeys(("setup", "rest", "then"), ""),
        }

    jobs = json.dumps([job("'x'"), job("None"), job("''")])
    runner = REPOSITORY / "tools" / "call_with_argument.py"
    environ = {"PATH": os.environ["PATH"]}
    done = subprocess.run([sys.executable, runner], input=jobs.encode(), env=environ, capture_output=True)
    usual, none, empty = json.loads(done.stdout)
    assert (usual["raised"], usual["position"]) == (None, 0)
    (argument,) = refused_arguments("itsdangerous.URLSafeSerializer")
    assert argument.none == frozenset(none["raised"]) == {"builtins.TypeError"}
    assert argument.empty is None
    assert empty["raised"] is None
