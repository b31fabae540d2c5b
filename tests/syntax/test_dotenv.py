"""Env files as python-dotenv reads them: the statements and their positions, in bounded time for every
file.
"""

from __future__ import annotations

import itertools

import pytest

from configvars.syntax.dotenv import ExpansionError, iter_bindings, parse_env, resolve


def rendered(text: str) -> list[str]:
    """Each statement as a line: its kind, and the text at each of its spans."""
    return [_rendered(binding, text) for binding in parse_env(text)]


def _rendered(b, text: str) -> str:
    if b.error:
        return f"error {b.statement.of(text)!r}"
    if b.key is None:
        return f"comment {b.comment_span.of(text)!r}" if b.comment_span else "blank"
    value = "None" if b.value is None else repr(b.value.reveal())
    parts = [f"{b.key}={value}", f"key {b.key_span.of(text)!r}"]
    parts += [f"literal {b.literal_span.of(text)!r}"] if b.value is not None else []
    parts += ["export"] if b.export_span else []
    parts += [f"comment {b.comment_span.of(text)!r}"] if b.comment_span else []
    parts += [f"${{{i.name}}} {i.expression.of(text)!r}" for i in b.interpolations]
    return ", ".join(parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n \n", ["blank"]),
        ("# c\n", ["comment '# c'"]),
        ("FOO BAR=x", ["error 'FOO BAR=x'"]),
        ("FOO: x", ["error 'FOO: x'"]),
        ("=x", ["error '=x'"]),
        ('FOO="x"y', ["error 'FOO=\"x\"y'"]),
        ("FOO='x\nA=1", ["error \"FOO='x\\n\"", "A='1', key 'A', literal '1'"]),
        ("FOO='a\\'", ["error \"FOO='a\\\\'\""]),
        ("FOO", ["FOO=None, key 'FOO'"]),
        ("export FOO # c", ["FOO=None, key 'FOO', export, comment '# c'"]),
        ("FOO=bar", ["FOO='bar', key 'FOO', literal 'bar'"]),
        ("  FOO =\tbar  ", ["FOO='bar', key 'FOO', literal 'bar'"]),
        ("FOO=", ["FOO='', key 'FOO', literal ''"]),
        ("FOO=''", ["FOO='', key 'FOO', literal \"''\""]),
        ("FOO=a b # c", ["FOO='a b', key 'FOO', literal 'a b', comment '# c'"]),
        ("FOO=bar#c", ["FOO='bar#c', key 'FOO', literal 'bar#c'"]),
        ("FOO=#c", ["FOO='#c', key 'FOO', literal '#c'"]),
        ("FOO= # c", ["FOO='', key 'FOO', literal '', comment '# c'"]),
        ("FOO='x'#c", ["FOO='x', key 'FOO', literal \"'x'\", comment '#c'"]),
        ("'FOO'=x", ["FOO='x', key 'FOO', literal 'x'"]),
        ('"FOO"=x', ["\"FOO\"='x', key '\"FOO\"', literal 'x'"]),
        ('FOO="x\r\ny"\r\nB=1\r\n', [
            "FOO='x\\ny', key 'FOO', literal '\"x\\r\\ny\"'", "B='1', key 'B', literal '1'"]),
        ("A=1\rB=2", ["A='1', key 'A', literal '1'", "B='2', key 'B', literal '2'"]),
        ("\ufeffA=1", ["A='1', key 'A', literal '1'"]),
        ("A=\0", ["A='\\x00', key 'A', literal '\\x00'"]),
        ("FOO=\\${A:-z}$B", [
            "FOO='\\\\${A:-z}$B', key 'FOO', literal '\\\\${A:-z}$B', ${A} '${A:-z}'"]),
        ('FOO="${A\\nB}"', ["FOO='${A\\nB}', key 'FOO', literal '\"${A\\\\nB}\"', ${A\nB} '${A\\\\nB}'"]),
        ("FOO=${A:-${B:-c}}", [
            "FOO='${A:-${B:-c}}', key 'FOO', literal '${A:-${B:-c}}', ${A} '${A:-${B:-c}'"]),
    ],
)  # fmt: skip
def test_statements(text, expected):
    assert rendered(text) == expected


def test_statement_spans_are_whole_lines_without_the_blank_ones_above():
    text = "\n\n  export A='x\ny' # c\n\n# d\n\tB\n"
    statements = [b.statement.of(text) for b in parse_env(text)]
    assert statements == ["  export A='x\ny' # c\n", "# d\n", "\tB\n"]


def test_spans_of_an_interpolation():
    text = "A='http://${HOST:-localhost}/${PATH}'"
    host, path = parse_env(text)[0].interpolations
    assert (host.span.of(text), host.default_span.of(text)) == ("HOST", "localhost")
    assert (path.span.of(text), path.default_span) == ("PATH", None)


@pytest.mark.parametrize(
    ("override", "expected"),
    [(True, {"A": "file", "B": "file", "C": ""}), (False, {"A": "file", "B": "outside", "C": ""})],
)
def test_precedence_inside_an_interpolation(override, expected):
    resolved = resolve(parse_env("A=file\nB=${A}\nC=${D}"), {"A": "outside"}, override=override)
    assert {name: value.reveal() for name, value in resolved.items()} == expected


def test_a_bare_name_has_no_value_and_is_empty_in_interpolations():
    resolved = resolve(parse_env("A\nB=${A:-default}"), {}, override=True)
    assert resolved["A"] is None
    assert resolved["B"].facts().is_empty


def test_values_are_secrets():
    shown = repr(parse_env("KEY=canary${A:-canary}")) + str(
        resolve(parse_env("KEY=canary"), {}, override=True)
    )
    assert "canary" not in shown


def test_exploding_interpolations_are_refused():
    bomb = "A=0123456789\n" + "A=${A}${A}\n" * 40
    with pytest.raises(ExpansionError):
        resolve(parse_env(bomb), {}, override=True)


@pytest.mark.parametrize(
    "text",
    [
        "A=x" + " " * 500_000 + "y",
        "A=x" + "\xa0" * 500_000 + "y",
        "A=x" + " #" * 250_000,
        "A" + " " * 500_000,
        "A='" + "x\\" * 250_000,
        "A=" + "${" * 250_000,
        "A=" + "${" * 250_000 + ":x}",
        "A=${B}\n" * 20_000,
        "A='\n" * 20_000,
        "\n" * 500_000,
    ],
    ids=lambda text: ascii(text[:4]),
)
@pytest.mark.slow
@pytest.mark.timeout(120)  # quadratic time would be many minutes
def test_no_file_takes_too_long(text):
    resolve(parse_env(text), {}, override=True)


def test_statements_come_one_at_a_time():
    bindings = iter_bindings("A=1\n" * 200_000)
    assert [b.key for b in itertools.islice(bindings, 3)] == ["A", "A", "A"]
