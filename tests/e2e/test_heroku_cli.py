"""The real Heroku CLI with the Platform API of this project. These tests take seconds."""

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values

from configvars.actions.pull import PullOptions, plan_pull
from configvars.edits import apply_edits
from configvars.platforms.base import AppSnapshot, Cancellation, PlatformFailure
from configvars.platforms.heroku.client import Heroku
from configvars.platforms.heroku.command import SCRATCH, child_environment
from configvars.platforms.process import run
from configvars.secret import Secret
from support.heroku import AMBIGUOUS, APPS, PlatformApi, cli_environment
from support.parts import heroku_cli
from support.processes import with_in_environment

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("heroku-home")


@pytest.fixture(scope="module")
def environ(home: Path, api: PlatformApi) -> dict[str, str]:
    return cli_environment(home, api.url)


@pytest.fixture
def heroku(environ: dict[str, str]) -> Heroku:
    return Heroku(str(heroku_cli()), [], environ)


@pytest.fixture(autouse=True)
def leaves_nothing(home: Path) -> Iterator[None]:
    yield
    assert with_in_environment(str(home)) == []
    assert [path for path in home.rglob("*") if "git" in path.name] == []


def refused(heroku: Heroku, app: str) -> str:
    with pytest.raises(PlatformFailure) as caught:
        heroku.fetch_values(app, ["A"])
    return caught.value.reason


def test_everything_about_an_app(heroku: Heroku, api: PlatformApi) -> None:
    del api.asked[:]
    shop = heroku.fetch("shop")
    assert set(shop.variables) == set(APPS["shop"].config)
    owners = {name: variable.addon for name, variable in shop.variables.items() if variable.addon}
    assert owners == {
        "DATABASE_URL": "heroku-postgresql",
        "HEROKU_POSTGRESQL_MAUVE_URL": "heroku-postgresql",
        "REDIS_URL": "heroku-redis",
    }
    assert (shop.production, shop.addons_known) == (True, True)
    assert shop.variables["DATABASE_URL"].facts.scheme == "postgres"
    assert not [value for value in APPS["shop"].config.values() if len(value) > 2 and value in repr(shop)]
    assert set(api.asked) <= {
        "/addon-attachments",
        *(f"/apps/shop{rest}" for rest in ("", "/config-vars", "/addons", "/dynos", "/collaborators")),
        "/apps/shop/pipeline-couplings",
    }


def test_options_of_node_reach_the_cli_but_load_no_code(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "evil.js").write_text(f"require('fs').writeFileSync({str(tmp_path / 'ran')!r}, '')\n")
    options = f"--require {tmp_path}/evil.js --use-openssl-ca"
    user = {**environ, "NODE_OPTIONS": options, "NODE_EXTRA_CA_CERTS": "none.pem"}
    assert Heroku(str(heroku_cli()), [], user).fetch("shop").variables
    assert not (tmp_path / "ran").exists()


def test_an_add_on_of_another_app_owns_its_attachment(heroku: Heroku) -> None:
    worker = heroku.fetch("worker-staging")
    assert {name: variable.addon for name, variable in worker.variables.items()} == {
        "DATABASE_URL": "heroku-postgresql-shop",
        "QUEUE": None,
    }


def test_the_apps_to_choose_from(heroku: Heroku) -> None:
    apps = heroku.apps()
    assert [app.name for app in apps] == sorted(APPS)
    assert {app.name: app.team for app in apps if app.team} == {"shop": "acme", "shop-staging": "acme"}


def test_the_apps_of_a_pipeline_by_its_stages(heroku: Heroku) -> None:
    found = [(app.name, app.stage) for app in heroku.pipeline("shop-pipeline")]
    assert found == [("shop-pr-7", "review"), ("shop-staging", "staging"), ("shop", "production")]
    with pytest.raises(PlatformFailure) as caught:
        heroku.pipeline("no-such-pipeline")
    assert caught.value.reason == "unknown-pipeline"
    with pytest.raises(PlatformFailure) as caught:
        heroku.pipeline(AMBIGUOUS)
    assert caught.value.reason == "several-pipelines"
    assert len(heroku.pipeline("01234567-89ab-cdef-0123-456789abcdef")) == len(found)


@pytest.mark.parametrize(
    ("app", "reason"),
    [
        ("no-such-app", "unknown-app"),
        ("forbidden", "no-access"),
        ("two-factor", "two-factor"),
        ("delinquent", "suspended"),
        ("ip-denied", "ip-denied"),
        ("maintenance", "maintenance"),
        ("rate-limited", "rate-limited"),
        ("server-error", "server-error"),
        ("bad-gateway", "unavailable"),
        ("unavailable", "unavailable"),
        ("gateway-timeout", "unavailable"),
        ("sso-required", "single-sign-on"),
        ("blocked", "intercepted"),
        ("login-page", "intercepted"),
        ("garbage", "unreadable"),
        ("wrong-shape", "unreadable"),
    ],
)
def test_every_failure_has_its_own_reason(heroku: Heroku, app: str, reason: str) -> None:
    assert refused(heroku, app) == reason


@pytest.mark.parametrize(("key", "reason"), [(None, "logged-out"), ("HRKU-old", "bad-api-key")])
def test_a_user_who_is_not_logged_in(environ: dict[str, str], key: str | None, reason: str) -> None:
    environ = {**environ, "HEROKU_API_KEY": key} if key else {**environ}
    if key is None:
        del environ["HEROKU_API_KEY"]
    assert refused(Heroku(str(heroku_cli()), [], environ), "shop") == reason


@pytest.mark.parametrize(
    ("host", "proxy", "reason"),
    [
        ("http://127.0.0.1:9", "", "offline"),
        ("http://localhost.invalid", "", "no-address"),
        ("https://localhost:{port}", "", "no-tls"),
        ("https://localhost.invalid", "http://127.0.0.1:{port}", "proxy-login"),
        ("https://localhost.invalid", "http://127.0.0.1:9", "proxy"),
    ],
)
def test_an_api_that_cannot_be_reached(
    environ: dict[str, str], api: PlatformApi, host: str, proxy: str, reason: str
) -> None:
    """The CLI tries again several times, which takes 7 seconds on a machine with nothing else to do."""
    network = {"HEROKU_HOST": host, "HTTPS_PROXY": proxy, "HTTP_PROXY": proxy}
    told = {name: text.format(port=api.server_port) for name, text in network.items() if text}
    assert refused(Heroku(str(heroku_cli()), [], {**environ, **told}, timeout=60.0), "shop") == reason


def test_a_connection_that_is_reset(environ: dict[str, str]) -> None:
    assert refused(Heroku(str(heroku_cli()), [], environ, timeout=60.0), "reset") == "interrupted"


def test_a_hanging_api_times_out(environ: dict[str, str]) -> None:
    assert refused(Heroku(str(heroku_cli()), [], environ, timeout=3.0), "hang") == "too-slow"


def test_a_call_that_hangs_can_be_cancelled(heroku: Heroku, api: PlatformApi) -> None:
    api.hanging.clear()
    switch = Cancellation()
    reasons: list[str] = []

    def ask() -> None:
        with pytest.raises(PlatformFailure) as caught:
            heroku.fetch("hang", switch)
        reasons.append(caught.value.reason)

    thread = threading.Thread(target=ask)
    thread.start()
    assert api.hanging.wait(30)
    switch.cancel()
    thread.join(10)
    assert reasons == ["cancelled"]


@pytest.mark.parametrize("app", ["slow", "warned"])
def test_slow_answers_and_warnings_do_no_harm(heroku: Heroku, app: str) -> None:
    assert len(heroku.fetch_values(app, ["SLOW", "A"])) == 1


def test_64_kilobytes_of_config(heroku: Heroku) -> None:
    config = APPS["big"].config
    values = heroku.fetch_values("big", config)
    assert {name: value.facts().byte_size for name, value in values.items()} == dict.fromkeys(config, 1000)


@pytest.fixture(scope="module")
def nasty(environ: dict[str, str]) -> dict[str, Secret]:
    return dict(Heroku(str(heroku_cli()), [], environ).fetch_values("nasty", APPS["nasty"].config))


ENV_FILE = """\
# What this machine needs, \\ and 'why'
export KEPT="a # b"   # c

BROKEN LINE
EMOJI=local # comment
QUOTES
NAME=${KEPT}-x
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_value_survives_a_pull(nasty: dict[str, Secret], tmp_path: Path, ending: str) -> None:
    config = APPS["nasty"].config
    text = ENV_FILE.replace("\n", ending)
    app = AppSnapshot("heroku", "nasty", datetime.now(UTC))
    plan = plan_pull(str(tmp_path / ".env"), text, app, nasty, nasty, PullOptions(frozenset(config)))
    assert plan.edit is not None
    after = apply_edits(text, plan.edit.edits)
    path = tmp_path / ".env"
    path.write_bytes(after.encode())
    read = dotenv_values(path)
    assert {name: read[name] for name in config} == config
    untouched = [line for line in text.split(ending) if not line.startswith(("EMOJI", "QUOTES"))]
    assert [line for line in after.split(ending) if line in untouched] == untouched
    assert not any(value in repr(plan) for value in config.values() if len(value) > 6)


def test_values_that_config_shell_breaks(environ: dict[str, str]) -> None:
    """The number in the README: how many values the usual command `heroku config -s >> .env` breaks."""
    config = APPS["nasty"].config
    argv = [str(heroku_cli()), "config", "--shell", "--app=nasty"]
    output = run(argv, child_environment(environ, [], "nasty"), 30.0, Cancellation(), scratch=SCRATCH)
    read = dotenv_values(stream=StringIO(output.stdout.decode()))
    wrong = {name for name, value in config.items() if read.get(name) != value}
    assert wrong == {"APOSTROPHE", "QUOTES", "INTERPOLATION", "BACKSLASH_AT_END", "BACKSLASHES"}


def test_nothing_planted_is_run(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = tmp_path / "workspace"
    for folder in (workspace, workspace / "node_modules/.bin"):
        folder.mkdir(parents=True)
        for name in ("heroku", "git", "node", "secret-tool", "sh"):
            (folder / name).write_text(f"#!/bin/sh\necho {name} >> {tmp_path}/PWNED\n")
            (folder / name).chmod(0o755)
    monkeypatch.chdir(workspace)
    real = heroku_cli()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/heroku").symlink_to(real.resolve())
    hostile = ["", ".", "node_modules/.bin", str(workspace), f"{workspace}/node_modules/.bin"]
    path = os.pathsep.join([*hostile, str(tmp_path / "bin"), environ["PATH"]])
    heroku = Heroku("", [str(workspace)], {**environ, "PATH": path})
    assert heroku.fetch_values("warned", ["A"])
    assert not (tmp_path / "PWNED").exists()


def test_update_notices_of_the_cli_are_turned_off(environ: dict[str, str]) -> None:
    talkative = {
        **environ,
        "HEROKU_DEBUG": "1",
        "DEBUG": "*",
        "NODE_OPTIONS": "--trace-warnings",
        "HEROKU_APP": "x",
    }
    output = run(
        [str(heroku_cli()), "config", "--json", "--app=shop"],
        child_environment(talkative, [], "shop"),
        30.0,
        Cancellation(),
        scratch=SCRATCH,
    )
    assert output.code == 0
    assert output.stderr == b""
