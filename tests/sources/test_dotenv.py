"""Env files as a source: what they set and declare, and their syntax errors."""

from __future__ import annotations

import pytest

from configvars.limits import Limit
from configvars.sources.dotenv import analyze, analyze_in_slices
from configvars.text import LineIndex

ENV = "/app/.env"
TEMPLATE = "/app/.env.example"


def comments(text: str, path: str = TEMPLATE) -> dict[str, str]:
    return {d.variable.name: d.comment for d in analyze(path, text).definitions}


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("# c\n\nA=1\n", ""),
        ("# c\nB=\nA=1\n", ""),
        ("A=1\n# c\n", ""),
        ("A=1#c\n", ""),
        ("# A=old-password\nA=1\n", ""),
        ("# was: export B='x'\nA=1\n", ""),
        ("# postgres://user:password@host/db\nA=1\n", ""),
        ("# 8fJ2kd93jfKLs02kfjs93kdf\nA=1\n", ""),
        ("# configvars: ignore\nA=1\n", ""),
        ("# ------\nA=1\n", ""),
        ("# OLD_KEY=\nA=1\n", ""),
        ("# OLD_KEY: letmein\nA=1\n", ""),
        ("# the password is swordfish\nA=1\n", ""),
        ("# letmein123\nA=1\n", ""),
        ("A=1 # was swordfish\n", ""),
        ("# Mail server settings\nA=1\nB=2\n", ""),
        ("# Mail\nA=1\nB=2\n", ""),
        ("# Mail server settings\nA=1\n", "Mail server settings"),
        ("# Mail server settings\nA=1\n# Other\nB=2\n", "Mail server settings"),
        ("# mail server settings\nA=1\nB=2\n", "mail server settings"),
        ("# Address of the server\nA=1\nB=2\n", "Address of the server"),
        ("# the key\nA=1\n", "the key"),
        ("## the key ##\nA=1\n", "the key"),
        ("# the key\n# of Stripe\nexport A='x' # live\n", "the key\nof Stripe\nlive"),
        ("# see https://example.com/a?b\nA\n", "see https://example.com/a?b"),
    ],
)
def test_comments(text, comment):
    assert comments(text)["A"] == comment


def test_comments_of_files_with_values_are_not_stored():
    assert comments("# the key\nA=1 # of Stripe\n", ENV) == {"A": ""}


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("# Set DEBUG=1 to see more\n", []),
        ("# debug=1\n", []),
        ("# A=\nA=1\n", ["2:A"]),
        ("# KEY=-----BEGIN A-----\n# B=\n# -----END A-----\n", []),
        ("A=1\n# A=2\n# A=3\n", ["1:A"]),
        (
            "# DSN=https://swordfish/1 # optional\n# APP_NAME=My swordfish\n# Use A = b c\n",
            ["1:DSN", "2:APP_NAME"],
        ),
        ("#A=\n# export B=swordfish\n# B=\n## C = 'two words'\n", ["1:A", "2:B", "4:C"]),
    ],
)
def test_a_commented_out_line_of_a_template_declares(text, declared):
    lines = LineIndex(text)
    found = analyze(TEMPLATE, text).definitions
    assert [f"{lines.position(d.span.start).line + 1}:{d.span.of(text)}" for d in found] == declared
    assert "swordfish" not in repr(found)


def test_a_commented_out_line_of_a_file_with_values_declares_nothing():
    assert analyze(ENV, "# A=\n").definitions == ()


def suppressed(text: str) -> list[tuple[int, list[str]]]:
    return [(s.line, sorted(s.checks)) for s in analyze(ENV, text).suppressions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A=1 # configvars: ignore\n", []),
        ("# configvars: ignore\n\nA=1\n", []),
        ("# configvars: ignored\nA=1\n", []),
        ("# configvars: ignore this line please\nA=1\n", []),
        ("# configvars: ignore\nA=1\n", [(1, [])]),
        ("# configvars: ignore[bare-name]\nA\n", [(1, ["bare-name"])]),
        ("#configvars:ignore[ bare-name , x ] since 2020\n# c\nA\nB\n", [(2, ["bare-name", "x"])]),
        ("# configvars: ignore\nA='x\ny'\nB=1\n", [(1, []), (2, [])]),
        ("# configvars: ignore[syntax-error]\nA B\n", [(1, ["syntax-error"])]),
    ],
)
def test_suppressions(text, expected):
    assert suppressed(text) == expected


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("A=1\n# c\nB='its'\n", []),
        ("  A B=s3cret\n", ["3 it is neither NAME=value nor a comment"]),
        ("=s3cret\n", ["1 there is no name before the ="]),
        ("A='s3cret\n", ["1 its quote is never closed"]),
        ("A='s3\ncret'x\n", ["1 there is text after the closing quote"]),
        ('export A = "a\\"b"c"\n', ["1 there is text after the closing quote"]),
    ],
)
def test_syntax_errors(text, problems):
    lines = LineIndex(text)
    dropped = "python-dotenv ignores this line: "
    assert [
        f"{lines.position(p.span.start).column + 1} {p.message.removeprefix(dropped)}"
        for p in analyze(ENV, text).problems
        if p.check == "syntax-error"
    ] == problems


def test_templates_declare_and_are_not_checked():
    facts = analyze("/app/.env.example", "export A=a#b\nB\n")
    assert [(d.variable.name, d.declaration, d.value is None) for d in facts.definitions] == [
        ("A", True, False), ("B", True, True),
    ]  # fmt: skip
    assert facts.problems == ()


def test_values_are_not_shown():
    text = "A=canary\nB='canary'\nC='canary\n=canary\nD=${A:-canary}\ncanary\nE=pa${canary}\ncan-ary=1\n"
    assert "canary" not in repr(analyze(ENV, text))


def test_the_analysis_comes_in_slices():
    steps = analyze_in_slices(ENV, "".join(f"KEY_{n}=value\n" for n in range(5000)))
    assert sum(1 for _ in steps) == 250


def test_a_file_with_too_many_statements_is_skipped(monkeypatch):
    monkeypatch.setattr("configvars.sources.dotenv.STATEMENTS", Limit("statements", 10, "for this test"))
    assert len(analyze(ENV, "A\n" * 10).definitions) == 10
    facts = analyze(ENV, "A\n" * 11)
    assert facts.skipped == "has more than 10 statements"
    assert not facts.definitions
