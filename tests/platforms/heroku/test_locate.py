import os
from pathlib import Path

import pytest

from configvars.platforms.base import PlatformFailure
from configvars.platforms.heroku.locate import find_cli, safe_path
from support.rights import folder_of_ordinary_user, ordinary_user

pytestmark = pytest.mark.skipif(os.name == "nt", reason="paths in POSIX form")


def plant(folder: Path, name: str = "heroku") -> str:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return str(program)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that contains planted programs and is the current folder."""
    root = tmp_path / "workspace"
    for folder in (root, root / "bin", root / "node_modules/.bin"):
        plant(folder)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def real(tmp_path: Path) -> str:
    return plant(tmp_path / "usr/bin")


@pytest.mark.parametrize(
    "path",
    [
        "",
        ":",
        ".",
        ".:",
        "bin",
        "./bin",
        "{root}",
        "{root}/bin",
        "{root}/../workspace/bin",
        "{link}",
        "{usr}/no",
    ],
)
def test_nothing_is_found_in_the_workspace(tmp_path: Path, root: Path, path: str) -> None:
    (tmp_path / "link").symlink_to(root / "bin")
    with pytest.raises(PlatformFailure) as caught:
        find_cli("", path.format(root=root, link=tmp_path / "link", usr=tmp_path / "usr"), [str(root)])
    assert caught.value.reason == "absent"


def test_the_message_says_why_a_program_in_the_workspace_is_not_used(root: Path) -> None:
    with pytest.raises(PlatformFailure) as caught:
        find_cli("", f"{root}/node_modules/.bin", [str(root)])
    assert caught.value.message == (
        "The Heroku CLI was found only inside the workspace, and configvars runs no program from there."
        " Install it elsewhere (https://devcenter.heroku.com/articles/heroku-cli) or set its absolute path as"
        " `heroku.path`, then try again."
    )


@pytest.mark.parametrize(
    "before", ["", ":", ".:", "bin:", "{root}/bin:", "{root}/node_modules/.bin:/nowhere:"]
)
def test_the_first_program_outside_the_workspace_is_used(root: Path, real: str, before: str) -> None:
    path = before.format(root=root) + str(Path(real).parent)
    assert find_cli("", path, [str(root)]) == real


def test_a_path_with_capital_letters(root: Path, tmp_path: Path) -> None:
    program = plant(tmp_path / "Programs")
    assert find_cli("", str(tmp_path / "Programs"), [str(root)]) == program


def test_a_link_to_a_program_in_the_workspace_is_not_used(root: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/heroku").symlink_to(root / "heroku")
    with pytest.raises(PlatformFailure):
        find_cli("", str(tmp_path / "bin"), [str(root)])


def test_files_that_are_not_executable_are_not_used(root: Path, tmp_path: Path, real: str) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/heroku").write_text("not a program")
    (tmp_path / "folder/heroku").mkdir(parents=True)
    path = os.pathsep.join([str(tmp_path / "plain"), str(tmp_path / "folder"), str(Path(real).parent)])
    assert find_cli("", path, [str(root)]) == real


def test_a_folder_without_permission_is_passed_over() -> None:
    """As /root/bin, which stays on PATH after `su`."""
    with folder_of_ordinary_user() as folder, ordinary_user():
        (folder / "locked").mkdir(mode=0)
        real = plant(folder / "bin")
        assert find_cli("", f"{folder}/locked:{folder}/bin", []) == real
        with pytest.raises(PlatformFailure, match="was not found"):
            find_cli("", f"{folder}/locked", [])


def test_the_setting_must_be_absolute_outside_and_runnable(root: Path, real: str) -> None:
    assert find_cli(real, "", [str(root)]) == real
    for setting, why in [
        ("heroku", "not an absolute path"),
        ("./bin/heroku", "not an absolute path"),
        (str(root / "bin/heroku"), "inside the workspace"),
        ("/nowhere/heroku", "not a program"),
    ]:
        with pytest.raises(PlatformFailure, match=why):
            find_cli(setting, str(Path(real).parent), [str(root)])


def test_the_child_s_path_has_no_folder_of_the_workspace(root: Path) -> None:
    assert safe_path(f":.:bin:{root}/bin:/usr/bin::/bin:", [str(root)]) == ("/usr/bin", "/bin")
