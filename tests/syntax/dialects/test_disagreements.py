"""Lines that other readers treat differently from python-dotenv, and the messages about them."""

from __future__ import annotations

import pytest

from configvars.syntax.dialects import DIALECTS
from configvars.syntax.dialects.disagreements import by_line, disagreements, heroku_local, vscode
from configvars.syntax.dotenv import Binding, parse_env


def statement(text: str) -> Binding:
    return next(b for b in parse_env(text) if b.key is not None)


@pytest.mark.parametrize(
    "line",
    [
        "FOO=bar",
        "  FOO = bar baz  ",
        "FOO=",
        "FOO=''",
        "FOO='x # y'",
        'FOO="two words"\r\n',
        "FOO=it's",
        "FOO=a=b==",
        "FOO=$BAR",
        "_FOO=C:\\new\\dir",
        "URL=postgres://u:p@h:5432/db?x=y&z",
        'JSON={"a": [1, 2]}',
    ],
)
def test_lines_that_all_readers_read_alike(line):
    words = dict(disagreements(statement(line), line))
    assert {"heroku local", "VS Code"}.isdisjoint(words)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("A", None),
        ("FOO=${:-}", "does not interpolate ${…}"),
        ("FOO='a' # c", None),
        ("FOO=a # c", None),
        ("FOO= # c", None),
        ("FOO-BAR=x", None),
        ("export FOO=bar", "reads export as part of the name"),
        ("'FOO'=x", "reads the quotes as part of the name"),
        ("FOO=bar#baz", "cuts the value at the #"),
        ("FOO=http://h/#frag", "cuts the value at the #"),
        ('FOO="x\\ny"', "does not support backslash escapes"),
        ("FOO='it\\'s'", "does not support backslash escapes"),
        ("FOO='x\ny'", "stops with an error at a quote that is not closed on its line"),
        ("FOO=${X}", "does not interpolate ${…}"),
        ("A=", "skips lines of two characters"),
        ("FOO", "sets a name without = to an empty value"),
    ],
)
def test_heroku_local(line, words):
    assert heroku_local(statement(line), line) == words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("FOO", None),
        ("FOO=bar#baz", None),
        ("FOO=${X}", None),
        ('FOO="x\\ny"', None),
        ("FOO='x\\ny'", "supports only the escape \\n, in both kinds of quotes"),
        ('FOO="x\\ty"', "supports only the escape \\n, in both kinds of quotes"),
        ("FOO='x\ny'", "reads only the first line of the value"),
        ("FOO=${X:-d}", "interpolates only plain names"),
        ("FOO=${_X}", "interpolates only plain names"),
        ("FOO=\\${X}", "reads \\$ as an escape"),
        ("FOO=\\$5", "reads \\$ as an escape"),
        ("FOO=bar # c", "reads the comment as part of the value"),
        ("FOO='bar' # c", "reads the comment as part of the value"),
        ("export FOO=bar", "ignores lines that start with export"),
        ("FOO-BAR=x", "ignores such a name"),
        ("1FOO=x", "ignores such a name"),
        ("'FOO'=x", "ignores such a name"),
    ],
)
def test_vscode(line, words):
    assert vscode(statement(line), line) == words


COMMENT = "reads the comment as part of the value"


@pytest.mark.parametrize(
    ("line", "decouple", "django"),
    [
        ("FOO", None, None),
        ("FOO=bar#baz", None, None),
        ("FOO='x # y'", None, None),
        ("FOO=x # c", COMMENT, COMMENT),
        ("FOO = bar", None, "does not read this line as NAME=value"),
        ("export FOO=bar", "reads export as part of the name", None),
        ("FOO=${X}", "does not interpolate ${…}", "does not interpolate ${…}"),
        ("FOO=$X", None, "reads the value as the name of another variable"),
        ("FOO='x\ny'", "reads only the first line of the value", "reads only the first line of the value"),
        ('FOO="x\\ny"', "does not support backslash escapes", "does not support backslash escapes"),
        ("FOO=x ", None, "reads another value"),
    ],
)  # fmt: skip
def test_libraries_that_read_line_by_line(line, decouple, django):
    by = [DIALECTS[name] for name in ("python-decouple", "Starlette", "django-environ")]
    assert [by_line(statement(line), line, dialect) for dialect in by] == [decouple, decouple, django]


def test_no_message_contains_the_value():
    line = "export FOO=s3cret"
    assert dict(disagreements(statement(line), line)) == {
        "heroku local": "reads export as part of the name",
        "VS Code": "ignores lines that start with export",
        "python-decouple": "reads export as part of the name",
        "Starlette": "reads export as part of the name",
    }
