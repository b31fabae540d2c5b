"""The sample app really starts and serves pages under Flask if its environment is set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SHOP = Path(__file__).parents[2] / "examples" / "shop"

GIVEN = {
    "SECRET_KEY": "signing",
    "DATABASE_URL": "sqlite://",
    "PAGE_SIZE": "2",
    "SHOP_NAME": "Corner & Co",
    "STRIPE_API_KEY": "sk_test_1",
}

VISIT = """
from shop import create_app
client = create_app().test_client()
for path in {paths!r}:
    answer = client.get(path)
    print(answer.status_code, " ".join(answer.text.split()))
"""


def visit(*paths: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", VISIT.format(paths=paths)],
        cwd=SHOP,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_shop_serves_its_pages() -> None:
    ran = visit("/", "/buy/tea", "/buy/nothing", environ=GIVEN)
    index, bought, missing = ran.stdout.splitlines()
    assert index.startswith("200")
    assert "<title>Corner &amp; Co</title>" in index
    assert "tea" in index
    assert "mug" in index
    assert "honey" not in index
    assert bought.startswith("200")
    assert "Order 1: tea. Thank you! (test payment)" in bought
    assert missing.startswith("404")


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "PAGE_SIZE"])
def test_the_shop_fails_as_the_checks_say(name: str) -> None:
    ran = visit("/", environ={key: value for key, value in GIVEN.items() if key != name})
    assert ran.returncode == 1
    assert ran.stderr.rstrip().splitlines()[-1].startswith(("KeyError", "TypeError"))


def test_the_banner_cannot_be_turned_off() -> None:
    """What `string-truthiness` reports about it really happens."""
    assert "Summer sale!" in visit("/", environ={**GIVEN, "SHOW_BANNER": "false"}).stdout


def test_sqlalchemy_rejects_heroku_s_scheme() -> None:
    """What `postgres-scheme` reports about it really happens."""
    ran = visit("/", environ={**GIVEN, "DATABASE_URL": "postgres://u:p@localhost/shop"})
    assert "sqlalchemy.dialects:postgres" in ran.stderr
