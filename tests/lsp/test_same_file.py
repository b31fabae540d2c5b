"""One file under two paths: the folder or the file is opened through a symbolic link."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.lsp.convert.uris import uri_of
from support.fixtures import fixture
from support.lsp_client import LspClient, Message
from support.lsp_in_process import client_of_thread

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has few links")

PROJECT = """\
-- .env --
A=1
A=2
-- app.py --
import os
os.environ["A"], os.environ["MISSING"]
-- other.py --
import os
os.environ["A"]
"""


@pytest.fixture
def real(tmp_path: Path) -> Path:
    root = tmp_path / "real"
    fixture(PROJECT).write(root)
    (tmp_path / "link").symlink_to("real")
    return root


def told(diagnostics: list[Message]) -> list[str]:
    return [d["code"] for d in diagnostics]


def shown(client: LspClient) -> dict[str, list[str]]:
    """What a client shows: the diagnostics that were published last for each URI."""
    last = {
        m["params"]["uri"]: told(m["params"]["diagnostics"])
        for m in client.heard
        if m.get("method") == "textDocument/publishDiagnostics"
    }
    return {uri: codes for uri, codes in last.items() if codes}


@pytest.mark.parametrize(("folder", "opened"), [("link", "real"), ("real", "link"), ("link", "link")])
def test_a_file_has_one_path(tmp_path: Path, real: Path, folder: str, opened: str) -> None:
    with client_of_thread() as client:
        client.initialize(tmp_path / folder, trusted=True)
        app = client.open(tmp_path / opened / "app.py")
        env = uri_of(str(tmp_path / folder / ".env"))
        assert told(client.diagnostics(app, bool)) == ["missing-variable"]
        client.wait(lambda _: shown(client) == {app: ["missing-variable"], env: ["duplicate-variable"]})
        # Answers use the client's URIs: that of an open document, or one below the folder's URI.
        assert client.at("definition", app, 1, 12)[-1]["uri"] == env
        changes = client.at("rename", app, 1, 12, newName="B")["documentChanges"]
        other = uri_of(str(tmp_path / folder / "other.py"))
        assert sorted(c["textDocument"]["uri"] for c in changes) == sorted([env, app, other])
        client.change(app, 'import os\nos.environ["A"]\n', 2)
        client.diagnostics(app, lambda found: not found)
        client.close(app)
        closed = {
            uri_of(str(tmp_path / folder / "app.py")): ["missing-variable"],
            env: ["duplicate-variable"],
        }
        client.wait(lambda _: shown(client) == closed)


def test_two_paths_of_one_folder(tmp_path: Path, real: Path) -> None:
    with client_of_thread() as client:
        client.initialize(real, tmp_path / "link", trusted=True)
        app = client.open(real / "app.py")
        client.diagnostics(app, bool)
        client.diagnostics(uri_of(str(real / ".env")), bool)
        assert shown(client).keys() == {app, uri_of(str(real / ".env"))}


def test_a_link_to_a_file_of_the_same_folder(tmp_path: Path) -> None:
    fixture(
        "-- config/dev.env --\nA=1\nA=2\n-- .env -> config/dev.env --\n-- shared/settings.py --\nimport os\n"
        'KEY = os.environ["A"]\nos.environ["MISSING"]\n-- shop/settings.py -> ../shared/settings.py --\n'
        "-- shop/__init__.py --\n-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv()\n"
        "from shop.settings import KEY\n"
    ).write(tmp_path)
    with client_of_thread() as client:
        client.initialize(tmp_path, trusted=True)
        settings = client.open(tmp_path / "shared/settings.py")
        env = uri_of(str(tmp_path / "config/dev.env"))
        client.diagnostics(settings, bool)
        client.diagnostics(env, bool)
        assert shown(client) == {settings: ["missing-variable"], env: ["duplicate-variable"]}
        found = client.at("references", settings, 1, 19, context={"includeDeclaration": True})
        assert sorted({place["uri"] for place in found}) == sorted({env, settings})
        changes = client.at("rename", settings, 1, 19, newName="B")["documentChanges"]
        assert sorted(c["textDocument"]["uri"] for c in changes) == sorted([env, settings])
        # The user has opened the link, so all diagnostics are published for the link.
        link = client.open(tmp_path / ".env")
        client.wait(lambda _: shown(client) == {settings: ["missing-variable"], link: ["duplicate-variable"]})
        client.close(link)
        client.wait(lambda _: shown(client) == {settings: ["missing-variable"], env: ["duplicate-variable"]})


def test_two_links_to_a_file_out_of_the_folder(tmp_path: Path) -> None:
    fixture("-- out/.env --\nA=1\nA=2\n-- ws/app.py --\nimport os\nos.environ['A']\n").write(tmp_path)
    root = tmp_path / "ws"
    (root / "svc").mkdir()
    for link in (".env", "svc/.env"):
        (root / link).symlink_to(tmp_path / "out/.env")
    first, second = (uri_of(str(root / link)) for link in (".env", "svc/.env"))
    with client_of_thread() as client:
        client.initialize(root, trusted=True)
        client.diagnostics(first, bool)
        assert shown(client) == {first: ["duplicate-variable"]}
        client.open(root / "svc/.env")
        client.wait(lambda _: shown(client) == {second: ["duplicate-variable"]})
        client.close(second)
        client.wait(lambda _: shown(client) == {first: ["duplicate-variable"]})
        (root / ".env").unlink()
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": first, "type": 3}]})
        client.wait(lambda _: shown(client).get(second) == ["duplicate-variable"])


def test_a_file_opened_again_under_another_path_has_one_path(tmp_path: Path, real: Path) -> None:
    with client_of_thread() as client:
        client.initialize(tmp_path / "link", trusted=True)
        by_folder = uri_of(str(tmp_path / "link" / "app.py"))
        client.wait(lambda _: shown(client).get(by_folder) == ["missing-variable"])
        app = client.open(real / "app.py")
        env = uri_of(str(tmp_path / "link" / ".env"))
        client.wait(lambda _: shown(client) == {app: ["missing-variable"], env: ["duplicate-variable"]})


BOTH_SET = 'import os\nos.environ["A"]\n'


def test_a_file_that_is_open_under_two_paths_has_the_text_of_the_last_change(
    tmp_path: Path, real: Path
) -> None:
    with client_of_thread() as client:
        client.initialize(tmp_path / "link", trusted=True)
        link = client.open(tmp_path / "link" / "app.py", version=7)
        client.diagnostics(link, bool)
        other = client.open(real / "app.py")
        client.diagnostics(other, bool)
        # Each document has its own versions.
        client.change(other, BOTH_SET, 2)
        client.wait(lambda _: app_shown(client) == {})
        client.change(link, PROJECT.partition("-- app.py --\n")[2].partition("-- other.py")[0], 8)
        client.wait(lambda _: app_shown(client) == {link: ["missing-variable"]})


def test_a_file_that_is_closed_under_one_path_is_still_open_under_the_other(
    tmp_path: Path, real: Path
) -> None:
    with client_of_thread() as client:
        client.initialize(tmp_path / "link", trusted=True)
        link = client.open(tmp_path / "link" / "app.py")
        client.diagnostics(link, bool)
        other = client.open(real / "app.py")
        client.diagnostics(other, bool)
        client.close(other)
        client.wait(lambda _: app_shown(client) == {link: ["missing-variable"]})
        client.change(link, BOTH_SET, 2)
        client.wait(lambda _: app_shown(client) == {})
        client.close(link)
        client.wait(lambda _: app_shown(client) == {link: ["missing-variable"]})


def test_closing_a_document_that_does_not_count_changes_nothing(tmp_path: Path, real: Path) -> None:
    with client_of_thread() as client:
        client.initialize(tmp_path / "link", trusted=True)
        link = client.open(tmp_path / "link" / "app.py")
        client.diagnostics(link, bool)
        other = client.open(real / "app.py")
        client.change(other, BOTH_SET, 2)
        client.wait(lambda _: app_shown(client) == {})
        client.close(link)
        client.change(other, BOTH_SET + 'os.environ["MISSING"]\n', 3)
        client.wait(lambda _: app_shown(client) == {other: ["missing-variable"]})


LINKED = """\
-- shared/conf.py --
import os
TOKEN = os.environ["TOKEN"]
-- svc/conf.py -> ../shared/conf.py --
-- lib -> shared --
-- .env --
TOKEN=1
"""
UNSAVED = 'import os\n\nTOKEN = os.environ["TOKEN"]\nMORE = os.environ["MORE"]\n'


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("path", ["svc/conf.py", "lib/conf.py", "shared/conf.py"])
def test_answers_are_about_the_document_that_is_open(tmp_path: Path, path: str, trusted: bool) -> None:
    fixture(LINKED).write(tmp_path)
    with client_of_thread() as client:
        client.initialize(tmp_path, trusted=trusted)
        conf, env = client.open(tmp_path / path), client.open(tmp_path / ".env")
        real = uri_of(str(tmp_path / "shared/conf.py"))
        client.change(conf, UNSAVED, 2)
        client.wait(lambda _: shown(client) == {conf: ["missing-variable"]})
        declared = {"context": {"includeDeclaration": True}}
        found = client.at("references", env, 0, 0, **declared)
        lines = [(each["uri"], each["range"]["start"]["line"]) for each in found]
        assert lines == [(env, 0), (conf, 2)]
        assert client.at("references", conf, 2, 22, **declared) == found
        assert len(client.at("definition", conf, 2, 22)) == 1
        shown_at_env = client.at("hover", env, 0, 0)["contents"]["value"]
        assert shown_at_env.count("conf.py:") == shown_at_env.count("conf.py:3") == 1
        client.change(conf, "import os\n", 3)
        client.wait(lambda _: shown(client).get(conf) is None)
        assert [each["uri"] for each in client.at("references", env, 0, 0, **declared)] == [env]
        changes = client.at("rename", env, 0, 0, newName="NEW")["documentChanges"]
        assert [each["textDocument"]["uri"] for each in changes] == [env]
        client.close(conf)
        found = client.at("references", env, 0, 0, **declared)
        lines = [(each["uri"], each["range"]["start"]["line"]) for each in found]
        assert lines == [(env, 0), (real, 1)]


@pytest.mark.parametrize("path", ["svc/conf.py", "lib/conf.py"])
def test_both_documents_of_a_file_show_its_findings(tmp_path: Path, path: str) -> None:
    fixture(LINKED).write(tmp_path)
    with client_of_thread() as client:
        client.initialize(tmp_path, trusted=True)
        one, other = client.open(tmp_path / path, UNSAVED), client.open(tmp_path / "shared/conf.py", UNSAVED)
        both = {one: ["missing-variable"], other: ["missing-variable"]}
        client.wait(lambda _: shown(client) == both)
        client.change(other, BOTH_SET.replace('"A"', '"TOKEN"'), 2)
        client.wait(lambda _: other not in shown(client))
        client.change(one, BOTH_SET.replace('"A"', '"TOKEN"'), 2)
        client.wait(lambda _: shown(client) == {})
        client.change(one, UNSAVED, 3)
        client.change(other, UNSAVED, 3)
        client.wait(lambda _: shown(client) == both)
        client.close(other)
        client.wait(lambda _: shown(client) == {one: ["missing-variable"]})


def app_shown(client: LspClient) -> dict[str, list[str]]:
    return {uri: codes for uri, codes in shown(client).items() if uri.endswith("/app.py")}
