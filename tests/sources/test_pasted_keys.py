"""Private keys pasted into env files in many ways: no line of them becomes a name, and no real name is
lost.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable

import pytest

from configvars.sources.dotenv import analyze

Lines = list[str]
SHAPES: dict[str, Callable[[Lines], str]] = {
    "without quotes": lambda key: "K=" + "\n".join(key),
    "without the closing quote": lambda key: 'K="' + "\n".join(key),
    "without the closing single quote": lambda key: "export K = '" + "\n".join(key),
    "with quotes around its first line": lambda key: f'K="{key[0]}"\n' + "\n".join(key[1:]),
    "with Windows line endings": lambda key: "K=" + "\r\n".join(key),
    "below its name": lambda key: "K=\n" + "\n".join(key),
    "below its name and a quote": lambda key: 'K="\n' + "\n".join(key),
    "without END": lambda key: "K=" + "\n".join(key[:-1]),
    "without END and closing quote": lambda key: 'K="' + "\n".join(key[:-1]),
    "without BEGIN and END": lambda key: "K=" + "\n".join(key[1:-1]),
    "partly commented out": lambda key: "# K=" + "\n".join(key),
    "as in YAML": lambda key: "K: |\n" + "\n".join(f"  {line}" for line in key),
    "alone": lambda key: "\n".join(key[1:-1]),
}
KINDS = ("PRIVATE KEY", "RSA PRIVATE KEY", "CERTIFICATE", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK")


def keys(count: int) -> list[Lines]:
    chance = random.Random(4)
    found = []
    for _ in range(count):
        size, width = chance.choice([48, 118, 121, 190, 608, 1190]), chance.choice([64, 64, 70, 76])
        text = base64.b64encode(b"\x30\x82" + chance.randbytes(size)).decode()
        body = [text[start : start + width] for start in range(0, len(text), width)]
        kind = chance.choice(KINDS)
        found.append([f"-----BEGIN {kind}-----", *body, f"-----END {kind}-----"])
    return found


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("path", ["/app/.env", "/app/.env.example"])
def test_no_line_of_a_private_key_is_a_name(shape: str, path: str) -> None:
    for key in keys(25):
        text = f"BEFORE=1\n{SHAPES[shape](key)}\nAFTER=1\nLAST=${{BEFORE}}\n"
        facts = analyze(path, text)
        names = {found.variable.name for found in facts.definitions}
        assert {"BEFORE", "AFTER", "LAST"} <= names <= {"BEFORE", "K", "AFTER", "LAST"}, text
        assert {found.variable.name for found in facts.references} == {"BEFORE"}
        told = [problem for problem in facts.problems if problem.check == "syntax-error"]
        assert len(told) <= 1, text
        assert not any(line in problem.message for problem in facts.problems for line in key)


@pytest.mark.parametrize(
    ("below", "what"),
    [("A=1\n", "reads each of the next lines separately"), ('A="1"\n', "everything up to the next quote")],
)
def test_what_a_key_without_its_closing_quote_does(below: str, what: str) -> None:
    key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----\n"
    (problem,) = analyze("/app/.env", f'K="{key}{below}').problems
    assert problem.message == (
        f"The key that starts here has no closing quote: python-dotenv ignores this line and {what}"
    )
