"""Requests run one at a time and can be cancelled; the client can be closed. The CLI is a script here.

What the real CLI does is tested in `e2e/test_heroku_cli.py`.
"""

import os
import shutil
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from configvars.platforms.base import Cancellation, PlatformFailure
from configvars.platforms.heroku.client import Heroku
from configvars.secret import Secret
from support.processes import with_in_environment

SCRIPT = """#!/bin/sh
echo "begin $HEROKU_APP" >> "$HOME/log"
git config --global credential.https://git.heroku.com.helper x 2> /dev/null
case $HEROKU_APP in
  hang) exec 3> "$HOME/started"; exec 3>&-; exec sleep 300;;
esac
echo '{"A": "CANARY"}'
echo "end $HEROKU_APP" >> "$HOME/log"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/heroku").write_text(SCRIPT)
    (tmp_path / "bin/heroku").chmod(0o755)
    os.mkfifo(tmp_path / "started")
    return tmp_path


@pytest.fixture
def heroku(home: Path) -> Heroku:
    return Heroku("", [], {"HOME": str(home), "PATH": f"{home}/bin:/usr/bin:/bin"})


def in_thread(heroku: Heroku, app: str, switch: Cancellation, said: list[str]) -> threading.Thread:
    def ask() -> None:
        try:
            said.append(f"{app} {sorted(heroku.fetch_values(app, ['A'], switch))}")
        except PlatformFailure as problem:
            said.append(f"{app} {problem.reason}")

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def test_only_the_names_asked_for_come_back(heroku: Heroku) -> None:
    assert heroku.fetch_values("shop", ["A", "B"]) == {"A": Secret("CANARY")}
    assert heroku.fetch_values("shop", ["B"]) == {}
    snapshot, values = heroku.fetch_with_values("shop", ["B"])
    assert values == {}
    assert heroku.fetch_with_values("shop", ["B"], snapshot)[1] == {}


def test_what_is_known_of_add_ons_is_not_asked_again_unless_there_is_a_new_name(
    heroku: Heroku, home: Path
) -> None:
    def calls() -> int:
        before = len((home / "log").read_text().splitlines()) if (home / "log").exists() else 0
        snapshot, values = heroku.fetch_with_values("shop", ["A", "B"], known)
        assert (list(snapshot.variables), values) == (["A"], {"A": Secret("CANARY")})
        return (len((home / "log").read_text().splitlines()) - before) // 2

    known = None
    assert calls() == 2
    known = heroku.fetch("shop")
    assert calls() == 1
    known = replace(known, variables={})
    assert calls() == 2


@pytest.mark.parametrize(
    ("app", "denied", "asked", "known", "production"),
    [
        ("shop", "addons", ["addons", "config"], False, False),
        ("shop", "apps:info", ["addons", "apps:info", "config"], True, False),
        ("shop", "", ["addons", "apps:info", "config"], True, True),
        ("shop-prod", "addons", ["addons", "config"], False, True),
        ("shop-staging", "", ["addons", "config"], True, False),
    ],
)
def test_an_account_that_may_see_config_vars_only(
    heroku: Heroku, home: Path, app: str, denied: str, asked: list[str], known: bool, production: bool
) -> None:
    (home / "bin/heroku").write_text(
        f"""#!/bin/sh
echo $1 >> "$HOME/log"
case $1 in
  "{denied}") exit 1;;
  addons) echo '[]';;
  apps:info) echo '{{"pipeline_coupling": {{"stage": "production"}}}}';;
  *) echo '{{"A": "CANARY"}}';;
esac
"""
    )
    snapshot = heroku.fetch(app)
    assert (snapshot.addons_known, snapshot.production) == (known, production)
    assert sorted((home / "log").read_text().split()) == asked


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
@pytest.mark.parametrize("file", [".gitconfig", ".config/git/config"])
def test_the_user_s_git_configuration_does_not_change(heroku: Heroku, home: Path, file: str) -> None:
    (home / file).parent.mkdir(parents=True, exist_ok=True)
    (home / file).write_text("[user]\n\tname = me\n")
    assert heroku.fetch_values("shop", ["A"])
    assert (home / file).read_text() == "[user]\n\tname = me\n"
    assert not list(home.rglob("*.lock"))


def test_calls_run_one_at_a_time(heroku: Heroku, home: Path) -> None:
    said: list[str] = []
    threads = [in_thread(heroku, f"app-{letter}", Cancellation(), said) for letter in "abcdef"]
    for thread in threads:
        thread.join(30)
    log = (home / "log").read_text().splitlines()
    assert len(log) == 2 * len(threads)
    assert [line.replace("begin", "end") for line in log[::2]] == log[1::2]


MEETING = """#!/bin/sh
case $1 in
  config) echo > "$HOME/here"; read met < "$HOME/there"; echo '{"A": "CANARY"}';;
  addons) read met < "$HOME/here"; echo > "$HOME/there"; echo '[]';;
esac
"""


def test_config_vars_and_add_ons_are_fetched_at_the_same_time(heroku: Heroku, home: Path) -> None:
    (home / "bin/heroku").write_text(MEETING)  # neither call ends without the other
    for pipe in ("here", "there"):
        os.mkfifo(home / pipe)
    assert list(heroku.fetch("shop-staging").variables) == ["A"]
    assert heroku.fetch_with_values("shop-staging", ["A"])[1] == {"A": Secret("CANARY")}


@pytest.mark.parametrize("how", ["cancel", "close", "config fails", "too slow"])
def test_both_calls_end_together(home: Path, how: str) -> None:
    config = "echo ' ›   Error: forbidden' >&2; exit 2" if how == "config fails" else "exec sleep 300"
    (home / "bin/heroku").write_text(
        f"""#!/bin/sh
case $1 in
  addons) echo > "$HOME/started"; exec sleep 300;;
  config) echo > "$HOME/started"; {config};;
esac
"""
    )
    environ = {"HOME": str(home), "PATH": f"{home}/bin:/usr/bin:/bin"}
    heroku = Heroku("", [], environ, timeout=2 if how == "too slow" else 60)
    switch, said = Cancellation(), list[str]()

    def ask() -> None:
        with pytest.raises(PlatformFailure) as caught:
            heroku.fetch("shop-staging", switch)
        said.append(caught.value.reason)

    thread = threading.Thread(target=ask)
    thread.start()
    started = os.open(home / "started", os.O_RDWR)  # a writer without a reader would be killed
    assert os.read(started, 1) + (os.read(started, 1) if how in ("cancel", "close") else b"")
    {"cancel": switch.cancel, "close": heroku.close}.get(how, int)()
    thread.join(30)
    os.close(started)
    reasons = {"config fails": "failed", "too slow": "too-slow"}
    assert said == [reasons.get(how, "cancelled")]
    assert with_in_environment(str(home)) == []


def test_after_a_cancelled_call_the_next_one_runs(heroku: Heroku, home: Path) -> None:
    said: list[str] = []
    switch = Cancellation()
    first = in_thread(heroku, "hang", switch, said)
    (home / "started").read_bytes()
    second = in_thread(heroku, "shop", Cancellation(), said)
    switch.cancel()
    first.join(10)
    second.join(10)
    assert sorted(said) == ["hang cancelled", "shop ['A']"]
    assert with_in_environment(str(home)) == []


def test_a_waiting_call_can_be_cancelled(heroku: Heroku, home: Path) -> None:
    said: list[str] = []
    hanging, waiting = Cancellation(), Cancellation()
    first = in_thread(heroku, "hang", hanging, said)
    (home / "started").read_bytes()
    second = in_thread(heroku, "shop", waiting, said)
    waiting.cancel()
    second.join(10)
    assert said == ["shop cancelled"]
    hanging.cancel()
    first.join(10)
    assert "begin shop" not in (home / "log").read_text()


def test_closing_cancels_all_calls_and_leaves_no_child(heroku: Heroku, home: Path) -> None:
    said: list[str] = []
    threads = [in_thread(heroku, "hang", Cancellation(), said)]
    (home / "started").read_bytes()
    threads.append(in_thread(heroku, "shop", Cancellation(), said))
    heroku.close()
    for thread in threads:
        thread.join(10)
    assert sorted(said) == ["hang cancelled", "shop cancelled"]
    assert with_in_environment(str(home)) == []
    with pytest.raises(PlatformFailure, match="cancelled"):
        heroku.fetch("shop")


def test_a_cli_that_cannot_be_started_is_broken(home: Path, heroku: Heroku) -> None:
    (home / "bin/heroku").write_text("#!/nowhere/node\n")
    with pytest.raises(PlatformFailure) as caught:
        heroku.apps()
    assert caught.value.reason == "broken"


def test_nothing_shows_a_value(heroku: Heroku, home: Path) -> None:
    snapshot = heroku.fetch("shop-staging")
    assert list(snapshot.variables) == ["A"]
    assert "CANARY" not in repr((snapshot, heroku.fetch_values("shop", ["A"])))
    (home / "bin/heroku").write_text('#!/bin/sh\necho \'{"A": "CANARY\'; echo CANARY >&2; exit 1\n')
    with pytest.raises(PlatformFailure) as caught:
        heroku.fetch("shop")
    told = [caught.value]
    while context := told[-1].__context__ or told[-1].__cause__:
        told.append(context)  # type: ignore[arg-type]
    assert "CANARY" not in "".join(map(repr, told))


@pytest.mark.parametrize(
    "script",
    [
        "echo 'mise ERROR No version is set for shim: heroku' >&2; exit 1",
        "echo 'something that a newer version says' >&2; exit 1",
        "exec asdf exec heroku",  # where asdf itself is not on PATH
    ],
)
def test_a_shim_without_a_version_here_has_its_own_reason(tmp_path: Path, script: str) -> None:
    shim = tmp_path / "shims/heroku"
    shim.parent.mkdir()
    shim.write_text(f"#!/bin/sh\n{script}\n")
    shim.chmod(0o755)
    with pytest.raises(PlatformFailure) as caught:
        Heroku("", [], {"HOME": str(tmp_path), "PATH": f"{shim.parent}:/usr/bin:/bin"}).apps()
    assert caught.value.reason == "shim"
    assert "heroku.path" in caught.value.message


def test_a_link_to_a_version_manager_is_a_shim(tmp_path: Path) -> None:
    (tmp_path / "mise").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "mise").chmod(0o755)
    (tmp_path / "heroku").symlink_to("mise")
    with pytest.raises(PlatformFailure) as caught:
        Heroku(str(tmp_path / "heroku"), [], {"PATH": "/usr/bin:/bin"}).apps()
    assert caught.value.reason == "shim"
