"""Each dialect reads env files as its library does.

The generated files contain everything that is difficult to read.
"""

from __future__ import annotations

import configparser
from pathlib import Path

import environ
import pytest
from decouple import RepositoryIni
from hypothesis import example, given, settings
from hypothesis import strategies as st

from configvars.secret import Secret
from configvars.syntax import dialects
from configvars.syntax.dialects import Reading, django_environ, python_dotenv, reading
from support.env_dialects import DIALECTS as LIBRARIES
from support.env_dialects import read_by
from support.properties import EXAMPLES, env_lines, env_texts, thorough

PYTHON = ("python-dotenv", "python-decouple", "django-environ", "Starlette", "dynaconf", "honcho")
STOPS = "stops"

# Six libraries, each of which reads a file for each text.
thorough = settings(thorough, max_examples=max(EXAMPLES // 4, 1))


def ours(text: str, dialect: str | dialects.Dialect) -> object:
    found = reading(text, dialect)
    if found.stops:
        return STOPS
    return {name: None if one.value is None else one.value.reveal() for name, one in found.given.items()}


def theirs(path: Path, library: str) -> object:
    answer = read_by(path, {library: LIBRARIES[library]})[library]
    return STOPS if isinstance(answer, str) else answer


@pytest.mark.slow
@pytest.mark.parametrize("library", PYTHON)
@thorough
@given(env_texts | env_lines)
@example("A=\"x\r\ny\"\rB='x\ry'\r\n")
@example("\ufeffA=1")
@example("A=x  y\nB=x # y\nC= # y\nD=\tx\t#\n")
@example("'A\nB'=1\n'C=1\nD=2")
@example("A='x\\'y'\nB='x\\\\'\nC=\"\\\"\n")
@example('A=\'"x"\'\nB="x\\ty\\q"\nexport C=1\n')
def test_each_dialect_reads_like_its_library(tmp_path: Path, library: str, text: str) -> None:
    path = tmp_path / ".env"
    path.write_bytes(text.encode())
    assert ours(text, library) == theirs(path, library)


@pytest.mark.slow
@pytest.mark.parametrize("library", PYTHON)
@given(env_lines)
def test_the_span_of_a_name_covers_it(library: str, text: str) -> None:
    for name, found in reading(text, library).given.items():
        assert found.span.of(text) == name


def environ_with(path: Path, **options: object) -> type[environ.Env]:
    reader = type("Reader", (environ.Env,), {"ENVIRON": {}})
    reader.read_env(str(path), **options)
    return reader


@pytest.mark.slow
@thorough
@given(env_texts | env_lines)
@example("A='x' # c\nB=x#c\nC='x' y # c\nD=\"x\" # c\n")
def test_django_environ_that_parses_comments(tmp_path: Path, text: str) -> None:
    path = tmp_path / ".env"
    path.write_bytes(text.encode())
    assert ours(text, django_environ(parse_comments=True)) == environ_with(path, parse_comments=True).ENVIRON


@pytest.mark.slow
@thorough
@given(
    st.lists(
        st.sampled_from(["A=1\n", "B=$A\n", "C=$B\n", "A=$C\n", "D=$\n", "E='$$A'\n", "F=$none\n", "B=\n"])
    )
)
def test_names_that_django_environ_refers_to(tmp_path: Path, lines: list[str]) -> None:
    path, text = tmp_path / ".env", "".join(lines)
    path.write_text(text)
    found, env = reading(text, "django-environ"), environ_with(path)()
    for name, one in found.given.items():
        last = found.handed_on(one)
        try:
            assert Secret(env(name)) == (None if last is None else last.value)
        except (environ.ImproperlyConfigured, RecursionError):
            assert last is None


INI_LINES = [
    *("[settings]\n", "[other]\n", "[DEFAULT]\n", "; c\n", "# c\n", "  more\n", "\n", "=1\n", "F\n"),
    *("A=1\n", "a: 2\n", "B = x y # z\n", "C=%(A)s\n", "D=5%\n", "E=5%%\n", "G=%(none)s\n", "H='x'\r\n"),
]


@pytest.mark.slow
@thorough
@given(st.lists(st.sampled_from(INI_LINES), max_size=8).map("".join) | env_texts.map("[settings]\n".__add__))
def test_settings_ini(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.ini"
    path.write_bytes(text.encode())
    found = reading(text, "python-decouple (settings.ini)")
    try:
        library = RepositoryIni(str(path))
    except configparser.Error:
        assert found.stops
        return
    assert not found.stops
    for name in ("A", "a", "B", "C", "D", "E", "F", "G", "H", "none", *found.given):
        one = found.of(name)
        assert (name in library) == (one is not None)
        if one is not None:
            assert (one.value, bool(one.fails)) == looked_up(library, name)


def looked_up(library: RepositoryIni, name: str) -> tuple[Secret | None, bool]:
    try:
        return Secret(library[name]), False
    except configparser.InterpolationError:
        return None, True


def fails(found: Reading, name: str) -> bool:
    one = found.of(name)
    return one is not None and bool(one.fails)


def test_a_percent_sign_in_settings_ini_affects_only_its_name() -> None:
    found = reading("[settings]\nKEY=abc\nURL=postgres://u:p%40ss@h/d\n", "python-decouple (settings.ini)")
    assert (fails(found, "KEY"), fails(found, "URL")) == (False, True)


def test_an_older_python_dotenv_reads_the_byte_order_mark_as_a_letter() -> None:
    assert list(reading("\ufeffA=1\nB=2", python_dotenv(marks=True)).given) == ["\ufeffA", "B"]
    assert list(reading("A=1\nB=2", python_dotenv(marks=True)).given) == ["A", "B"]


def test_python_dotenv_without_interpolation() -> None:
    assert ours("A=1\nB=${A}", python_dotenv(interpolate=False)) == {"A": "1", "B": "${A}"}


@pytest.mark.parametrize(
    ("dialect", "names"),
    [
        (python_dotenv(), {"A": set(), "B": {"A"}, "C": {"A", "B"}, "D": {"Z"}}),
        (python_dotenv(override=True), {"A": set(), "B": set(), "C": set(), "D": {"Z"}}),
        (dialects.DIALECTS["VS Code"], {"A": set(), "B": {"A"}, "C": {"A", "B"}, "D": {"Z"}}),
        (dialects.DIALECTS["Starlette"], {"A": set(), "B": set(), "C": set(), "D": set()}),
    ],
)  # fmt: skip
def test_variables_that_a_value_depends_on(dialect: dialects.Dialect, names: dict[str, set[str]]) -> None:
    found = reading("A=1\nB=x${A}\nC=${B}\nD=${Z}\n", dialect)
    assert {name: set(one.rests_on) for name, one in found.given.items()} == names


def test_values_that_are_too_large_are_not_computed() -> None:
    text = "A0=" + "x" * 1000 + "\n" + "".join(f"A{n + 1}=${{A{n}}}${{A{n}}}\n" for n in range(40))
    for name in ("python-dotenv", "dynaconf", "VS Code"):
        assert reading(text, name).stops


def test_a_dialect_is_selected_by_name() -> None:
    assert dialects.values("A=x # y\n", "python-decouple") == {"A": Secret("x # y")}
    assert repr(reading("A=s3cret\n", "python-dotenv")).count("s3cret") == 0


def test_values_that_heroku_local_reads() -> None:
    lines = ["# c", "", "  # d", "export A=1", "B = 'x' y", "C", "C=", "FOO", "D=a#b", "FOO=2\r"]
    assert ours("\n".join(lines), "heroku local") == {"export A": "1", "B": "x", "D": "a", "FOO": "2"}
    assert ours('{"a": {"b": 1, "c": [true, null]}}', "heroku local") == {"A_B": "1", "A_C_0": "true"}
    assert reading("A=1\nB='x\n", "heroku local").stops


def test_values_that_vs_code_reads() -> None:
    lines = [
        "export A=1",
        "A = 'x\\ny'",
        "_B=x # y",
        "C=${A}${none}",
        "D=\\${A}$",
        "E=${}${A}",
        "'F'=1",
        "G",
    ]
    assert ours("\n".join(lines), "VS Code") == {
        "A": "x\ny",
        "_B": "x # y",
        "C": "x\ny",
        "D": "${A}$",
        "E": "${}${A}",
    }


COMPOSE = [
    ("FOO=bar", {"FOO": "bar"}),
    ("FOO =bar\nBAR= baz ", {"FOO": "bar", "BAR": "baz"}),
    ("OPTION_A: 1\nB: Foo=bar\nC=1:B", {"OPTION_A": "1", "B": "Foo=bar", "C": "1:B"}),
    ("  export A=2\nexport\tB=3\n", {"A": "2", "B": "3"}),
    ("exportC=4\nexport.D= 5", {"exportC": "4", "export.D": "5"}),
    ("a[1]=c\na.propertyKey=d\nárvíz-tűrő=x", {"a[1]": "c", "a.propertyKey": "d", "árvíz-tűrő": "x"}),
    ("A=bar # c\nB=bar #\nC=123#no", {"A": "bar", "B": "bar", "C": "123#no"}),
    ("A=\"bar#baz\"#\nB='ba#r' # c", {"A": "bar#baz", "B": "ba#r"}),
    (r'A="escaped\"bar"', {"A": 'escaped"bar'}),
    (r"A=a\tb", {"A": r"a\tb"}),
    (r'A="bar\n\ b\az"', {"A": "bar\n\\ b\az"}),
    (r'A="bar\\\n\ b"', {"A": "bar\\\n\\ b"}),
    (r'A="Z\aZ\bZ\fZ\nZ\rZ\tZ\vZ\\Z\0123Z"', {"A": "Z\aZ\bZ\fZ\nZ\rZ\tZ\vZ\\ZSZ"}),
    (r'A="\0123\01234\012\0189"', {"A": "SS4\\12\\189"}),
    (r'A="\x07\u12e4"', {"A": r"\x07\u12e4"}),
    ("A='one\ntwo'\nB=1", {"A": "one\ntwo", "B": "1"}),
    ("FOO=test\nBAR=$FOO", {"FOO": "test", "BAR": "test"}),
    ("FOO=test\nBAR=${FOO}bar\nC=\"quote $FOO\"", {"FOO": "test", "BAR": "testbar", "C": "quote test"}),
    ("BAR=$FOO", {"BAR": ""}),
    ("FOO=test\nBAR='quote $FOO'", {"FOO": "test", "BAR": "quote $FOO"}),
    (r'FOO="foo\$BAR"', {"FOO": "foo$BAR"}),
    ("FOO=test\nBAR=\"foo\\${FOO} ${FOO}\"", {"FOO": "test", "BAR": "foo${FOO} test"}),
    ("A=\nB=${A:-d}\nC=${A-d}\nD=${Z-d}\nE=${Z:-d e}", {"A": "", "B": "d", "C": "", "D": "d", "E": "d e"}),
    ("A=${B:?no}", {"A": None}),
    ("A=$$B$1", {"A": "$B$1"}),
    ("A\nB=1", {"B": "1"}),
    ("B=1\nA", {"B": "1", "": "A"}),
    ("%!(EXTRA string)=foo", STOPS),
    ("A B=1", STOPS),
    ("lol$wut", STOPS),
    ("A='x", STOPS),
    ("A=${1}", STOPS),
]  # fmt: skip
"""Cases of compose-go's own tests, with our own texts."""


@pytest.mark.parametrize(("text", "expected"), COMPOSE)
def test_values_that_compose_reads(text: str, expected: object) -> None:
    assert ours(text, "Compose") == expected


@pytest.mark.slow
@thorough
@given(env_texts | env_lines)
def test_compose_reads_any_text(text: str) -> None:
    found = reading(text, "Compose")
    assert all(one.span.of(text) == name for name, one in found.given.items())
