"""The variables that libraries read by themselves: what the data contains, and when it is loaded."""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from pathlib import Path

import pytest

from configvars.catalog.libraries import is_of_library, readers_of, uses
from support.forked import run_python

DATA = json.loads((files("configvars.catalog") / "libraries.json").read_text("utf-8"))

SOURCE = re.compile(r"[\w./-]+\.py:\d+|https://\S+")


def test_many_packages_and_names_each_with_its_source() -> None:
    names = {name for table in DATA.values() for name in table["names"]}
    assert sum(bool(table["names"]) for table in DATA.values()) >= 60
    assert len(names) >= 400
    for package, table in DATA.items():
        assert re.fullmatch(r"\d+(\.\d+)*\S*", table["version"]), package
        assert all(
            re.fullmatch(r"[\w./-]+\.py:\d+|https://\S+", source) for source in table["names"].values()
        )
        assert set(table["needs"]) <= DATA.keys()


@pytest.mark.parametrize("name", ["PATH", "HOME", "CI", "DEBUG", "SECRET_KEY", "PORT", "SHOP_NAME"])
def test_names_that_no_library_reads(name: str) -> None:
    assert readers_of(name) == ()


@pytest.mark.parametrize(
    ("name", "package", "source"),
    [
        ("AWS_ACCESS_KEY_ID", "boto3", r"botocore/credentials\.py:\d+"),
        ("OPENAI_API_KEY", "openai", r"openai/\S+:\d+"),
        ("WANDB_ANYTHING", "wandb", "https://.*"),
        ("AIRFLOW__CORE__EXECUTOR", "apache-airflow-core", "https://.*"),
        ("SPOTIPY_CLIENT_ID", "spotipy", r"spotipy/\S+:\d+"),
    ],
)
def test_the_first_reader(name: str, package: str, source: str) -> None:
    first = readers_of(name)[0]
    assert first.called == package
    assert re.fullmatch(source, first.source)


def test_a_package_is_used_if_a_package_that_depends_on_it_is() -> None:
    assert uses("botocore", lambda package, imports: package == "boto3")
    assert uses("botocore", lambda package, imports: "botocore" in imports)
    assert not uses("botocore", lambda package, imports: package == "flask")


UNREAD = "from configvars.cli.main import main; from configvars.catalog import libraries; main(['check'])\n"


@pytest.mark.parametrize(("env", "loaded"), [("A=1\n", 0), ("A=1\nB=2\n", 1)])
def test_the_data_is_loaded_only_for_names_without_another_explanation(
    tmp_path: Path, env: str, loaded: int
) -> None:
    (tmp_path / ".env").write_text(env)
    (tmp_path / "app.py").write_text("import os\nos.environ['A']\n")
    code = f"{UNREAD}print(libraries._data.cache_info().currsize)"
    prepared = ("configvars.cli.main", "configvars.checks")
    ran = run_python("-c", code, cwd=tmp_path, env=os.environ, prepared=prepared)
    assert ran.stdout.splitlines()[-1] == str(loaded)


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("API_KEY", None),
        ("REGION_NAME", None),
        ("WEBHOOK_SECRET", None),
        ("TENANT_ID", None),
        ("OPENAI_API_KEY", "openai"),
        ("AWS_ACCESS_KEY_ID", "boto3"),
        ("SENTRY_DSN", "sentry-sdk"),
    ],
)
def test_only_clear_names_belong_to_a_library(name: str, owner: str | None) -> None:
    assert next((each.called for each in readers_of(name) if is_of_library(name, each)), None) == owner
