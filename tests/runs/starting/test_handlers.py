"""Whether an import means a library, although a file or folder has its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import is_reported

_READ = "-- config.py --\nimport os\nA = os.getenv('A')\nB = os.getenv('A', '')\n"
_WORK = (
    f"-- Procfile --\nworker: python work.py\n{_READ}-- work.py --\nfrom config import A\n"
    "from sqlmodel import create_engine\ncreate_engine(A)\n"
)
_JSON = f"-- Procfile --\nworker: python work.py\n{_READ}-- work.py --\nfrom config import B\nimport json\n"
_ASKED = "-- requirements.txt --\nsqlmodel\n"


@pytest.mark.parametrize(
    "files",
    [
        f"{_WORK}-- sqlmodel.py --\ncreate_engine = print\n",
        f"{_WORK}-- sqlmodel/__init__.py --\ncreate_engine = print\n",
        f"{_WORK}{_ASKED}-- sqlmodel.py --\ncreate_engine = print\n",
        _WORK.replace("import A", "import A; import sys; sys.path.append('core')")
        + "-- core/sqlmodel.py --\ncreate_engine = print\n",
        f"{_JSON}json.loads(B)\n-- json.py --\nloads = print\n",
    ],
)
def test_own_module(tmp_path: Path, files: str) -> None:
    assert not is_reported(tmp_path, files)


@pytest.mark.parametrize("folder", ["k1", "sqlmodel", "sqlmodel/app", "work"])
def test_the_name_of_the_folder_does_not_matter(tmp_path: Path, folder: str) -> None:
    root = tmp_path / folder
    root.mkdir(parents=True)
    assert is_reported(root, _WORK)


@pytest.mark.parametrize(
    "files",
    [
        f"{_WORK}{_ASKED}-- core/__init__.py --\n-- core/sqlmodel.py --\nx = 1\n",
        f"{_JSON}json.loads(B)\n-- core/__init__.py --\n-- core/json.py --\nx = 1\n",
    ],
)
def test_a_file_of_that_name_elsewhere(tmp_path: Path, files: str) -> None:
    assert is_reported(tmp_path, files)
