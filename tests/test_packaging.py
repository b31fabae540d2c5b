"""The published files: the wheel and the sdist are built and installed; the locks match."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
import yaml

import configvars
from configvars.cli.arguments import parser
from configvars.requirements import FILES as LISTS_READ
from configvars.requirements import LOCKS as LOCKS_READ
from lsp.handlers.test_watch import READ

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[1]
HOOKS = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
HOOK_FILES = re.compile(HOOKS[0]["files"])
LOCKS = sorted([*REPOSITORY.glob("requirements/*.txt"), *REPOSITORY.glob("parts/*/requirements.txt")])
NPM_LOCKS = sorted(
    [
        *REPOSITORY.glob("parts/*/package-lock.json"),
        REPOSITORY / "client-vscode/package-lock.json",
        REPOSITORY / ".github/publish/package-lock.json",
    ]
)
DECIDING = (".gitignore", ".profile", ".profile.d/x.sh", ".python-version", ".slugignore", "bin/post_compile")
SHOP = REPOSITORY / "examples" / "shop"


def ran(*command: str | Path, cwd: Path, timeout: float = 240, statuses: tuple[int, ...] = (0, 1)) -> str:
    finished = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert finished.returncode in statuses, finished.stderr
    return finished.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that is built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    ran(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, REPOSITORY, cwd=folder)
    return folder


@pytest.fixture(scope="session")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment in which the wheel is installed, in addition to the packages of this one."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False)
    (wheel,) = built.glob("*.whl")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    ran(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=folder,
    )
    site = Path(
        ran(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    )
    here = Path(pytest.__file__).parents[1]
    # Its dependencies come from this environment, without the editable install of this checkout.
    (site / "needed.pth").write_text(f"{here}\n", "utf-8")
    return scripts / "configvars"


def test_the_wheel_contains_the_package_and_its_data(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    source = REPOSITORY / "server"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "configvars").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted <= names
    assert {name for name in names if not name.startswith("configvars")} == set()
    assert any(name.endswith("LICENSE") for name in names)


def test_links_and_pictures_work_on_the_package_index(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    archive = zipfile.ZipFile(wheel)
    (name,) = (each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
    page = archive.read(name).decode("utf-8").partition("\n\n")[2]
    base = f"v{configvars.__version__}"
    targets = re.findall(r"\]\(([^)]+)\)", page)
    assert targets
    assert [target for target in targets if not target.startswith(("https://", "#"))] == []
    for host, place in (("raw.githubusercontent.com", ""), ("github.com", "blob/")):
        start = f"https://{host}/configvars/configvars/{place}{base}/"
        paths = [target.removeprefix(start).partition("#")[0] for target in targets if start in target]
        assert paths
        assert [path for path in paths if not (REPOSITORY / path).exists()] == []


@pytest.mark.skipif(not (REPOSITORY / ".git").exists(), reason="only a clone knows which files are ours")
def test_the_sdist_contains_exactly_the_repository(built: Path) -> None:
    """The tests pass from it, and they need the documents, the workflows and the extension, too."""
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {entry.name.partition("/")[2] for entry in archive if entry.isfile()}
    ours = ran("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=REPOSITORY)
    assert names == {
        "PKG-INFO",
        *(name for name in ours.split("\0") if name and (REPOSITORY / name).exists()),
    }


def test_the_installed_command_works(installed: Path, tmp_path: Path) -> None:
    assert ran(installed, "--version", cwd=tmp_path) == f"configvars {configvars.__version__}\n"
    assert "STRIPE_API_KEY" in ran(installed, "check", SHOP, cwd=tmp_path)
    assert "SECRET_KEY" in ran(installed, "inventory", SHOP, cwd=tmp_path)


def test_check_does_not_import_the_server_s_libraries(tmp_path: Path) -> None:
    script = (
        "import sys; from configvars.cli.main import main\n"
        f"main(['check', {str(SHOP)!r}]); main(['inventory', {str(SHOP)!r}])\n"
        "print({'pygls', 'lsprotocol', 'cattrs', 'asyncio'} & set(sys.modules))"
    )
    out = ran(sys.executable, "-c", script, cwd=tmp_path)
    assert out.splitlines()[-1] == "set()"


def test_the_pre_commit_manifest_is_valid() -> None:
    for kind, name in (("manifest", ".pre-commit-hooks.yaml"), ("config", ".pre-commit-config.yaml")):
        ran(
            sys.executable,
            "-m",
            "pre_commit",
            f"validate-{kind}",
            REPOSITORY / name,
            cwd=REPOSITORY,
            statuses=(0,),
        )


def test_every_hook_runs_for_the_same_files_and_isolated() -> None:
    assert {hook["files"] for hook in HOOKS} == {HOOKS[0]["files"]}
    for hook in HOOKS:
        python, isolated, module, *words = hook["entry"].split()
        assert (python, isolated, module, words[0]) == ("python", "-I", "-m", "configvars")
        parser().parse(words[1:])


@pytest.mark.parametrize("name", [*READ, *LOCKS_READ, *LISTS_READ, *DECIDING, "book.ipynb"])
def test_precommit_runs_the_hook_for_all_files_that_are_read(name: str) -> None:
    assert HOOK_FILES.search(name)
    assert HOOK_FILES.search(f"sub/{name}")


@pytest.mark.parametrize("name", ["photo.png", "notes.md", "main.rs", "data.json", "a.pyc", "environment.ts"])
def test_precommit_does_not_run_it_for_other_files(name: str) -> None:
    assert not HOOK_FILES.search(f"sub/{name}")


def test_the_changelog_has_this_version() -> None:
    text = (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    assert text.index("## [Unreleased]") < text.index(f"## [{configvars.__version__}] - ")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_python_locks_are_complete_and_contain_no_urls(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9.-]+==\S+ ", requirement), requirement
        assert "--hash=sha256:" in requirement


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_npm_locks_contain_no_urls(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert '"resolved"' not in text
    assert '"integrity"' in text


def test_the_locks_agree() -> None:
    """The tested versions are used: every pin in the smaller locks equals that in the largest."""
    dev = pins(REPOSITORY / "requirements" / "dev.txt")
    for name in ("runtime", "build"):
        assert pins(REPOSITORY / "requirements" / f"{name}.txt") <= dev


def pins(lock: Path) -> set[str]:
    return set(re.findall(r"^([a-z0-9.-]+==[^ ]+)", lock.read_text("utf-8"), re.MULTILINE))
