"""Files that are not part of the program itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks.auxiliary import is_auxiliary
from support.projects import opened

READ = "import os\nK = os.environ['K']\n"
MAIN = "if __name__ == '__main__':\n    print(K)\n"


@pytest.mark.parametrize(
    ("files", "read_in"),
    [
        (f"-- tools/keys.py --\n{READ}", "tools/keys.py"),
        (f"-- tools/keys.py --\n{READ}-- tests/test_it.py --\nfrom tools.keys import K\n", "tools/keys.py"),
        (f"-- shop/__init__.py --\n-- shop/scripts/fill.py --\n{READ}{MAIN}", "shop/scripts/fill.py"),
        (f"-- shop/__init__.py --\n-- shop/vendor/keys.py --\n{READ}", "shop/vendor/keys.py"),
        (f"-- vendor/keys.py --\n{READ}-- app.py --\nfrom vendor.keys import K\n", "vendor/keys.py"),
    ],
)
def test_files_aside(tmp_path: Path, files: str, read_in: str) -> None:
    assert _is_auxiliary(tmp_path, files, read_in)


@pytest.mark.parametrize(
    ("files", "read_in"),
    [
        (f"-- keys.py --\n{READ}", "keys.py"),
        (f"-- shop/__init__.py --\n-- shop/tools/keys.py --\n{READ}", "shop/tools/keys.py"),
        (f"-- tools/keys.py --\n{READ}-- app.py --\nfrom tools.keys import K\nprint(K)\n", "tools/keys.py"),
        (
            f"-- tools/keys.py --\n{READ}-- tools/get.py --\nfrom .keys import K\n"
            "-- app.py --\nfrom tools.get import K\nprint(K)\n",
            "tools/keys.py",
        ),
    ],
)
def test_files_of_the_program(tmp_path: Path, files: str, read_in: str) -> None:
    assert not _is_auxiliary(tmp_path, files, read_in)


def _is_auxiliary(root: Path, files: str, path: str) -> bool:
    project = opened(root, files).project
    return is_auxiliary(project, project.index.files[str(root / path)])
