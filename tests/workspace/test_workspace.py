"""A folder with arbitrary files: none makes reading fail, and open documents replace files on disk."""

from __future__ import annotations

import os

import pytest

from configvars import slices
from configvars.model import FileEdit, TextEdit, Variable
from configvars.settings import Settings
from configvars.slices import finish, result
from configvars.text import Span
from configvars.workspace import Workspace, WriteRefused
from configvars.workspace.reading import read_bytes
from support.fixtures import fixture
from support.growth import calls_of
from support.projects import opened
from support.rights import folder_of_ordinary_user, ordinary_user

READS = 'import os\nos.environ["{}"]\n'


def test_memory_is_allocated_for_the_content_not_for_the_limit(tmp_path):
    (tmp_path / ".env").write_bytes(b"A=1\n" * 600_000)
    found = read_bytes(str(tmp_path / ".env"), str(tmp_path), 1 << 62)
    assert len(found[0]) == 2_400_000
    assert read_bytes(str(tmp_path / ".env"), str(tmp_path), 2_400_000) == found
    assert read_bytes(str(tmp_path / ".env"), str(tmp_path), 2_399_999).why == "is larger than 2343 KiB"


def load(root, settings=None):
    workspace = Workspace(str(root), settings)
    for _ in workspace.load():
        pass
    return workspace


def names(workspace):
    """The variables that are read and that are set, each with its files."""
    index, root = workspace.project().index, workspace.root
    found = {}
    for variable in [*index.referenced(), *index.defined()]:
        places = {located.path for located in [*index.references(variable), *index.definitions(variable)]}
        found[variable.name] = sorted(os.path.relpath(path, root) for path in places)
    return found


def skipped(workspace):
    files = workspace.project().index.files.values()
    return {os.path.relpath(facts.path, workspace.root): facts.skipped for facts in files if facts.skipped}


def make_fifo(path):
    os.mkfifo(path)


def make_large(path):
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)


def make_link_outside(path):
    path.symlink_to("/etc/hostname")


def make_link_to_device(path):
    path.symlink_to("/dev/zero")


def make_loop(path):
    path.symlink_to(path)


BAD = {
    "folder": (lambda path: path.mkdir(), "is a folder"),
    "fifo": (make_fifo, "is a named pipe, which can be read only once"),
    "large": (make_large, "is larger than 1024 KiB"),
    "binary": (lambda path: path.write_bytes(b"A=\0\n"), "is not a text file"),
    "UTF-16": (lambda path: path.write_bytes("A=1\n".encode("utf-16")), "is UTF-16, not UTF-8"),
    "bad UTF-8": (lambda path: path.write_bytes(b"\r\nA=\xff\n"), "is not UTF-8 (line 2)"),
    "link to a file": (
        make_link_outside,
        "leads through a symbolic link to /etc/hostname, which does not look like an env file",
    ),
    "link to a device": (make_link_to_device, "is not a regular file"),
    "link to a folder": (lambda path: path.symlink_to("/etc"), "is a folder"),
    "link to nothing": (
        lambda path: path.symlink_to("gone/.env"),
        "is a symbolic link to gone/.env, which does not exist",
    ),
    "link to itself": (make_loop, "is a symbolic link that leads back to itself"),
}


@pytest.mark.timeout(60)  # a pipe that is opened for reading waits for ever
@pytest.mark.parametrize("kind", BAD)
def test_unreadable_files_are_reported_and_stop_nothing(tmp_path, kind):
    make, why = BAD[kind]
    make(tmp_path / ".env")
    (tmp_path / "app.py").write_text(READS.format("A"))
    workspace = load(tmp_path)
    assert skipped(workspace) == {".env": why}
    assert names(workspace) == {"A": ["app.py"]}
    assert workspace.text_of(str(tmp_path / ".env")) is None


def test_a_link_out_of_the_folder_is_followed_if_the_folder_is_trusted(tmp_path):
    (tmp_path / "main").mkdir()
    (tmp_path / "main/.env").write_text("A=1\n")
    root = tmp_path / "worktree"
    root.mkdir()
    (root / ".env").symlink_to("../main/.env")
    assert names(load(root)) == {"A": [".env"]}
    untrusted = Workspace(str(root), trusted=False)
    for _ in untrusted.load():
        pass
    assert names(untrusted) == {}
    assert skipped(untrusted) == {".env": "is a symbolic link that leads outside of the project"}
    untrusted.disk.trusted = True
    for _ in untrusted.load():
        pass
    assert names(untrusted) == {"A": [".env"]}


def test_a_linked_folder_does_not_lead_out_of_an_untrusted_folder(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/.env").write_text("A=1\n")
    root = tmp_path / "root"
    loads = "from dotenv import load_dotenv\nload_dotenv('config/.env')\n"
    fixture(f"-- app.py --\n{loads}-- config -> ../outside --\n").write(root)
    assert names(load(root)) == {"A": ["config/.env"]}
    untrusted = Workspace(str(root), trusted=False)
    for _ in untrusted.load():
        pass
    assert names(untrusted) == {}
    behind = "is behind a symbolic link that leads outside of the project"
    assert skipped(untrusted) == {"config/.env": behind}
    assert untrusted.text_of(str(root / "config/.env")) is None


KEY = "-----BEGIN KEY-----\nb3BlbnNzaC1rZXktdjE\nYQABAAAAMwAA\n-----END KEY-----\n"


@pytest.mark.parametrize("text", [KEY, "TOKEN\n", "machine example.org password x\n", "a b=1\n"])
def test_nothing_is_reported_about_other_files_outside_the_folder(tmp_path, text):
    """An untrusted repository may contain a link called .env to one of the user's files at a known path."""
    (tmp_path / "secret").write_text(text)
    root = tmp_path / "repository"
    root.mkdir()
    (root / ".env").symlink_to("../secret")
    workspace = load(root)
    assert names(workspace) == {}
    assert workspace.text_of(str(root / ".env")) is None
    (root / "app.py").write_text("from dotenv import load_dotenv\nload_dotenv('there/secret')\n")
    (root / "there").symlink_to("..")
    assert names(load(root)) == {}
    (root / "app.py").unlink()
    (tmp_path / "secret").write_text("# a comment\n\nexport A='x\ny'\n")
    workspace.changed_on_disk(str(root / ".env"))
    assert names(workspace) == {"A": [".env"]}


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_an_env_file_is_read_and_written_in_its_loader_s_encoding(tmp_path, encoding):
    loads = f"from dotenv import load_dotenv\nload_dotenv(encoding={encoding!r})\n"
    it = opened(tmp_path, f"-- .env as {encoding} --\nA=é\n-- app/main.py --\n{loads}")
    env = it.path(".env")
    assert names(it.workspace) == {"A": [".env"]}
    it.workspace.write(FileEdit(env, (TextEdit(Span(4, 4), "B=2\n"),)), it.workspace.text_of(env))
    assert (tmp_path / ".env").read_bytes().decode(encoding) == "A=é\nB=2\n"
    it.workspace.open(it.path("app/main.py"), loads.replace(encoding, "utf-8"))
    assert names(it.workspace) == {}


def test_a_file_without_read_permission_is_reported():
    with folder_of_ordinary_user() as folder:
        (folder / ".env").write_text("A=1\n")
        (folder / ".env").chmod(0)
        with ordinary_user():
            assert skipped(load(folder)) == {".env": "is not readable by this user"}


def test_a_folder_that_does_not_exist_is_empty(tmp_path):
    assert names(load(tmp_path / "nowhere")) == {}


def test_links_inside_are_followed_for_files_and_never_for_folders(tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config/local.env").write_text("A=1\n")
    (tmp_path / ".env").symlink_to("config/local.env")
    (tmp_path / "config/loop").symlink_to(tmp_path)
    assert names(load(tmp_path)) == {"A": [".env", "config/local.env"]}


LOADS = "from dotenv import load_dotenv\nload_dotenv('config/local.conf')\n"


def test_an_env_file_may_have_any_name_that_code_loads(tmp_path):
    it = opened(
        tmp_path, f"-- config/local.conf --\nA=1\n-- other.conf --\nNOT=1\n-- app/main.py --\n{LOADS}"
    )
    assert names(it.workspace) == {"A": ["config/local.conf"]}
    it.workspace.open(it.path("config/local.conf"), "B=1\n")
    assert names(it.workspace) == {"B": ["config/local.conf"]}
    it.workspace.open(it.path("app/main.py"), LOADS.replace("local", "none"))
    assert names(it.workspace) == {}


def test_an_env_file_that_code_loads_is_seen_when_it_is_added(tmp_path):
    it = opened(tmp_path, f"-- app/main.py --\n{LOADS}-- app/config/x --\n")
    (tmp_path / "app/config/local.conf").write_text("A=1\n")
    it.workspace.changed_on_disk(it.path("app/config/local.conf"))
    assert names(it.workspace) == {"A": ["app/config/local.conf"]}


def test_an_env_file_may_have_any_name_that_the_setting_lists(tmp_path):
    fixture("-- conf/a.conf --\nA=1\n-- conf/b.conf --\nB=1\n-- ENVIRONMENT --\nC=1\n").write(tmp_path)
    workspace = load(tmp_path, Settings(env_files=("conf/*.conf", "ENVIRONMENT", "none")))
    assert names(workspace) == {"A": ["conf/a.conf"], "B": ["conf/b.conf"], "C": ["ENVIRONMENT"]}


PRUNED = [".git", "node_modules", ".venv", "venv", "__pycache__", "lib/site-packages", ".tox", ".mypy_cache"]


@pytest.mark.parametrize("folder", PRUNED)
def test_folders_of_third_party_code_are_not_entered(tmp_path, folder):
    fixture(f"-- {folder}/a.py --\n{READS.format('NOT')}-- {folder}/.env --\nNOT=1\n").write(tmp_path)
    assert names(load(tmp_path)) == {}


def test_a_virtual_environment_is_recognised(tmp_path):
    code = READS.format("NOT")
    fixture(f"-- .env/pyvenv.cfg --\n-- .env/a.py --\n{code}").write(tmp_path)
    fixture("-- b/CACHEDIR.TAG --\n-- b/.env --\nN=1\n").write(tmp_path)
    assert (names(load(tmp_path)), skipped(load(tmp_path))) == ({}, {})


def test_build_output_is_not_read(tmp_path):
    text = READS.format("A")
    fixture(f"-- setup.py --\n-- build/a.py --\n{text}-- pkg/build/b.py --\n{text}").write(tmp_path)
    assert names(load(tmp_path)) == {"A": ["pkg/build/b.py"]}


def test_gitignore_hides_nothing_but_the_setting_does(tmp_path):
    fixture("-- .gitignore --\n.env\n-- .env --\nA=1\n-- old/.env --\nB=1\n-- old/new/.env --\nC=1\n").write(
        tmp_path
    )
    assert names(load(tmp_path)) == {"A": [".env"], "B": ["old/.env"], "C": ["old/new/.env"]}
    excluding = load(tmp_path, Settings(exclude=("/old",)))
    assert names(excluding) == {"A": [".env"]}
    assert not excluding.open(str(tmp_path / "old/.env"), "X=1\n")


PYTHON_BYTES = [
    ("UTF-8 with a mark", b"\xef\xbb\xbfimport os\nos.environ['A']\n"),
    ("CRLF", b"import os\r\nos.environ['A']\r\n"),
    ("a coding cookie", "# -*- coding: cp1252 -*-\nimport os\nos.environ['A'] # €\n".encode("cp1252")),
    ("a cookie nobody knows", b"# coding: klingon\nimport os\nos.environ['A']\n"),
    ("a cookie that is not a text encoding", b"# coding: hex\nimport os\nos.environ['A']\n"),
    ("a stray byte", b"import os\nos.environ['A'] # \xe9\n"),
]


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in PYTHON_BYTES])
def test_python_is_read_in_the_encodings_of_its_files(tmp_path, data):
    (tmp_path / "app.py").write_bytes(data)
    assert names(load(tmp_path)) == {"A": ["app.py"]}


def test_a_script_without_an_extension_is_recognised_by_its_first_line(tmp_path):
    body = READS.format("A")
    fixture(f"-- bin/run --\n#!/usr/bin/env python3\n{body}-- LICENSE --\n{body}").write(tmp_path)
    fixture(f"-- bin/other --\n#!/bin/sh\n{body}").write(tmp_path)
    assert names(load(tmp_path)) == {"A": ["bin/run"]}


def test_open_text_replaces_the_file_until_it_is_closed(tmp_path):
    it = opened(tmp_path, f"-- .env --\nA=1\n-- app.py --\n{READS.format('A')}")
    env, app = it.path(".env"), it.path("app.py")
    assert it.workspace.open(env, "B=1\n")
    assert it.workspace.open(app, READS.format("C"))
    assert not it.workspace.open(app, READS.format("C"))
    assert names(it.workspace) == {"B": [".env"], "C": ["app.py"]}
    assert it.workspace.text_of(env) == "B=1\n"
    assert not it.workspace.changed_on_disk(env)
    assert it.workspace.close(env)
    assert it.workspace.close(app)
    assert names(it.workspace) == {"A": [".env", "app.py"]}


@pytest.mark.parametrize("text", ["A=1\n", "A=é\r\nB", "", "\ufeffA=1\n", "A=\0\n", "A='1\n2'\r"])
def test_open_and_closed_files_give_the_same_answers(tmp_path, text):
    path = tmp_path / ".env"
    path.write_bytes(text.encode())
    closed = load(tmp_path)
    both = load(tmp_path)
    both.open(str(path), closed.text_of(str(path)) or text)
    if closed.text_of(str(path)) is not None:
        assert both.project().index.files == closed.project().index.files


def test_the_size_limit_applies_to_open_text_too(tmp_path):
    workspace = load(tmp_path)
    workspace.open(str(tmp_path / ".env"), "A=" + "x" * 1024 * 1024)
    assert skipped(workspace) == {".env": "is larger than 1024 KiB"}


def test_a_long_file_comes_in_slices_and_its_last_text_counts(tmp_path):
    workspace = load(tmp_path)
    env = str(tmp_path / ".env")
    long = "".join(f"NAME_{number}=1\n" for number in range(2000))
    workspace.open(env, "BEFORE=1\n")
    earlier = workspace.opening(env, "EARLIER=1\n" + long)
    next(earlier)
    workspace.withhold(env, begun=True)
    assert skipped(workspace) == {".env": "is being analysed"}
    later = workspace.opening(env, "LATER=1\n" + long)
    assert sum(1 for _ in later) > 1
    assert not any(earlier)
    assert ("LATER" in names(workspace), "EARLIER" in names(workspace)) == (True, False)
    assert any(True for _ in workspace.opening(env, long))
    for _ in workspace.opening(env, None):
        pass
    assert names(workspace) == {}


def test_reported_changes_of_files_are_seen(tmp_path):
    it = opened(tmp_path, "-- .env --\nA=1\n-- sub/.env --\nS=1\n-- sub/deep/app.py --\n" + READS.format("S"))
    (tmp_path / ".env").write_text("A=1\nB=1\n")
    assert it.workspace.changed_on_disk(it.path(".env"))
    assert not it.workspace.changed_on_disk(it.path(".env"))
    (tmp_path / "sub").rename(tmp_path / "moved")
    assert it.workspace.changed_on_disk(it.path("sub"))
    assert it.workspace.changed_on_disk(it.path("moved"))
    assert names(it.workspace) == {"A": [".env"], "B": [".env"], "S": ["moved/.env", "moved/deep/app.py"]}


def test_loading_again_finds_unreported_changes(tmp_path):
    it = opened(tmp_path, "-- .env --\nA=1\n-- gone.py --\n" + READS.format("A"))
    (tmp_path / "gone.py").unlink()
    (tmp_path / "new.py").write_text(READS.format("B"))
    (tmp_path / ".env").write_text("LONGER=1\n")
    for _ in it.workspace.load():
        pass
    assert names(it.workspace) == {"LONGER": [".env"], "B": ["new.py"]}


def test_the_order_of_a_file_is_that_of_its_text_now(tmp_path):
    load, read = "from dotenv import load_dotenv\nload_dotenv()\n", "import conf\n"
    it = opened(
        tmp_path, f"-- .env --\nKEY=1\n-- conf.py --\n{READS.format('KEY')}-- app.py --\n{load}{read}"
    )
    app, conf = it.path("app.py"), it.path("conf.py")
    for text, checks in ((read + load, ["read-before-load"]), (load + read, [])):
        it.workspace.open(app, text)
        assert [found.check for found in it.workspace.findings(conf)] == checks


def test_loading_does_not_block(tmp_path, monkeypatch):
    monkeypatch.setattr(slices, "SLICE", 0)
    for number in range(100):
        (tmp_path / f"m{number}.py").write_text(READS.format(f"V{number}"))
    workspace = Workspace(str(tmp_path))
    assert sum(1 for _ in workspace.load()) > 100
    assert len(names(workspace)) == 100


def test_an_edit_while_loading_counts_at_once(tmp_path):
    for number in range(100):
        (tmp_path / f"m{number}.py").write_text(READS.format(f"V{number}"))
    workspace = Workspace(str(tmp_path))
    loading = workspace.load()
    next(loading)
    app, words = str(tmp_path / "m99.py"), READS.format("EDITED")
    assert workspace.open(app, words)
    assert "EDITED" in names(workspace)
    assert len(names(workspace)) < 100
    for _ in loading:
        pass
    assert "V99" not in names(workspace)
    assert len(names(workspace)) == 100


def test_facts_of_a_hypothetical_text_are_not_stored(tmp_path):
    it = opened(tmp_path, f"-- .env --\nA=1\n-- app.py --\n{READS.format('A')}-- other.py --\npass\n")
    before = dict(it.project.index.files)
    for name, text in [(".env", "Z=1\n"), ("app.py", READS.format("Z")), ("other.py", READS.format("Z"))]:
        facts = result(it.project.facts_of(it.path(name), text))
        assert {each.variable.name for each in (*facts.references, *facts.definitions)} == {"Z"}
    assert it.project.index.files == before
    assert result(it.project.facts_of(it.path("picture.png"), "")) is None


# ---- writing


def edit(path, start, end, text):
    return FileEdit(str(path), (TextEdit(Span(start, end), text),))


def test_only_the_owner_can_read_a_new_file(tmp_path):
    workspace = load(tmp_path)
    workspace.write(edit(tmp_path / ".env", 0, 0, "A=1\n"), None)
    assert (tmp_path / ".env").read_bytes() == b"A=1\n"
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    assert names(workspace) == {"A": [".env"]}


@pytest.mark.parametrize("data", [b"A=1\r\nB=\xc3\xa9", b"\xef\xbb\xbfA=1\n"])
def test_mode_byte_order_mark_and_line_endings_stay(tmp_path, data):
    path = tmp_path / ".env"
    path.write_bytes(data)
    path.chmod(0o640)
    workspace = load(tmp_path)
    workspace.write(edit(path, 2, 3, "2"), workspace.text_of(str(path)))
    assert path.read_bytes() == data.replace(b"1", b"2")
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == [".env"]


def test_python_keeps_its_encoding(tmp_path):
    path = tmp_path / "app.py"
    path.write_bytes(b"# coding: latin-1\nimport os\nos.environ['A'] # \xe9\n")
    workspace = load(tmp_path)
    text = workspace.text_of(str(path))
    at = text.index("'A'") + 1
    workspace.write(edit(path, at, at + 1, "B"), text)
    assert path.read_bytes() == b"# coding: latin-1\nimport os\nos.environ['B'] # \xe9\n"
    with pytest.raises(WriteRefused, match="cannot hold"):
        workspace.write(edit(path, at, at + 1, "€"), workspace.text_of(str(path)))


def changed_meanwhile(path):
    path.write_text("A=3\n")


def replaced_by_a_link(path):
    path.rename(path.with_name("real"))
    path.symlink_to("real")


def linked_hard(path):
    os.link(path, path.with_name("other"))


def removed(path):
    path.unlink()


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        (changed_meanwhile, "has changed in the meantime"),
        (replaced_by_a_link, "symbolic link"),
        (linked_hard, "hard link"),
        (removed, "does not exist any more"),
    ],
)
def test_a_file_that_has_changed_is_not_written(tmp_path, meanwhile, why):
    path = tmp_path / ".env"
    path.write_text("A=1\n")
    workspace = load(tmp_path)
    meanwhile(path)
    before = {name: (tmp_path / name).read_bytes() for name in os.listdir(tmp_path)}
    with pytest.raises(WriteRefused, match=why):
        workspace.write(edit(path, 2, 3, "2"), "A=1\n")
    assert {name: (tmp_path / name).read_bytes() for name in os.listdir(tmp_path)} == before


def test_nothing_is_overwritten_or_written_outside(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    (root / ".env").write_text("A=1\n")
    (root / "out").symlink_to(tmp_path)
    workspace = load(root)
    with pytest.raises(WriteRefused, match="exists already"):
        workspace.write(edit(root / ".env", 0, 0, "B=1\n"), None)
    with pytest.raises(WriteRefused, match="outside"):
        workspace.write(edit(root / "out/.env", 0, 0, "B=1\n"), None)
    with pytest.raises(WriteRefused, match="does not exist"):
        workspace.write(edit(root / "none/.env", 0, 0, "B=1\n"), None)
    workspace.open(str(root / ".env"), "A=2\n")
    with pytest.raises(WriteRefused, match="open in the editor"):
        workspace.write(edit(root / ".env", 0, 0, "B=1\n"), "A=2\n")
    assert (root / ".env").read_text() == "A=1\n"
    assert os.listdir(tmp_path) == ["root"]


def test_an_invalid_exclude_pattern_is_ignored(tmp_path):
    (tmp_path / ".env").write_text("A=1\n")
    assert names(load(tmp_path, Settings(exclude=("!", "", "#x", "[")))) == {"A": [".env"]}


def test_variables_of_a_file_are_updated_not_added(tmp_path):
    it = opened(tmp_path, "-- .env --\nA=1\n")
    for number in range(5):
        it.workspace.open(it.path(".env"), f"A{number}=1\n")
    assert it.project.index.defined() == [Variable("env", "A4")]


def test_irrelevant_files_are_skipped_without_a_message(tmp_path):
    fixture("-- templates/big.html --\n-- deploy.yml --\n").write(tmp_path)
    for name in ("templates/big.html", "deploy.yml"):
        make_large(tmp_path / name)
    assert skipped(load(tmp_path)) == {}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(), {"A", "B", "C", "D"}),
        (Settings(exclude=("vendor",)), {"A", "B", "D"}),
        (Settings(exclude=("conf.py",)), {"A", "B", "C"}),
        (Settings(exclude=(".env",)), {"A", "C", "D"}),
        (Settings(env_files=("prod.vars",)), {"A", "B", "C", "D", "E"}),
        (Settings(max_file_size=3), {"A", "C", "D"}),
    ],
)
def test_other_settings_count_for_files_that_have_not_changed(tmp_path, settings, expected):
    fixture(
        "-- app.py --\nimport os\nfrom conf import need\nos.environ['A']\nneed('D')\n"
        "-- conf.py --\nimport os\ndef need(name): return os.environ[name]\n-- .env --\nB=long\n"
        "-- vendor/lib.py --\nimport os\nos.environ['C']\n-- prod.vars --\nE=1\n"
    ).write(tmp_path)

    def known(workspace: Workspace) -> set[str]:
        index = workspace.project().index
        return {v.name for v in (*index.referenced(), *index.defined())}

    workspace = load(tmp_path)
    for chosen, names in ((settings, expected), (Settings(), {"A", "B", "C", "D"})):
        workspace.configure(chosen)
        for _ in workspace.load():
            pass
        assert known(workspace) == known(load(tmp_path, chosen)) == names


def test_that_there_is_no_file_is_found_out_at_once(tmp_path):
    """Dozens of names are looked for in each folder."""
    workspace = Workspace(str(tmp_path))
    finish(workspace.load())
    path = str(tmp_path / "shop" / "requirements.txt")
    assert workspace.text_of(path) is None
    assert calls_of(lambda: workspace.text_of(path)) < 20
