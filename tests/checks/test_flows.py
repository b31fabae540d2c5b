"""Reads whose value is passed on unchanged, and whether the code tests the value somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks.flows import unchanged_uses
from support.projects import opened

READ = "-- app.py --\nimport os\nfrom sqlalchemy import create_engine\nurl = os.getenv('A')\n"


@pytest.mark.parametrize(
    "code",
    [
        "create_engine(url.strip())\n",
        "create_engine(other.url)\n",
        "create_engine(url=other)\n",
        "url = fixed(url)\ncreate_engine(url)\n",
        "url += '?a=b'\ncreate_engine(url)\n",
    ],
)
def test_other_values(tmp_path: Path, code: str) -> None:
    assert passed_on(tmp_path, code) == []


@pytest.mark.parametrize(
    ("code", "is_tested"),
    [
        ("create_engine(url)\n", False),
        ("x = url if y else z\ncreate_engine(url)\n", False),
        ("if y:\n    print(url)\ncreate_engine(url)\n", False),
        ("other.url\ncreate_engine(url)\n", False),
        ("if url:\n    create_engine(url)\n", True),
        ("x = create_engine(url) if url else None\n", True),
        ("x = url or y\ncreate_engine(url)\n", True),
        ("while not url:\n    pass\ncreate_engine(url)\n", True),
        ("if url is None:\n    pass\ncreate_engine(url)\n", True),
    ],
)
def test_whether_the_value_is_tested(tmp_path: Path, code: str, is_tested: bool) -> None:
    assert passed_on(tmp_path, code) == [is_tested]


def passed_on(root: Path, code: str) -> list[bool]:
    it = opened(root, f"{READ}{code}")
    found = unchanged_uses(it.project, it.path("app.py"), ("create_engine",))
    return [each.tested for each in found if each.callee == "create_engine"]
