"""The source line below a finding: carets at the right columns, and never a value."""

from __future__ import annotations

import pytest

from configvars.cli.excerpt import _MAX_WIDTH, Excerpts
from configvars.model import Definition, FileFacts, Finding, Reference, Severity, Variable
from configvars.sources.app_json import APP_JSON
from configvars.sources.dotenv import DOTENV
from configvars.syntax.python import parse
from configvars.text import LineIndex, Span
from support.growth import calls_of


def rendered(text: str, marked: str, facts: FileFacts, check: str = "missing-variable") -> str | None:
    """The excerpt of a finding at the first `marked` in `text`, with carets below it."""
    start = text.index(marked)
    span = Span(start, start + len(marked))
    variable = Variable("env", marked)
    finding = Finding(check, Severity.WARNING, "", facts.path, span, variable)
    tree = parse(text) if facts.kind == "python" else None
    shown = Excerpts(facts, text, LineIndex(text), tree).of(finding)
    if shown is None:
        return None
    return shown.line + "\n" + " " * shown.start + "^" * (shown.end - shown.start)


def python(text: str, *, reads: str = "", defines: str = "") -> FileFacts:
    """The facts of Python text with one read and one Flask key, each at the first occurrence of its name."""

    def span(name: str) -> Span:
        return Span(text.index(name), text.index(name) + len(name))

    return FileFacts(
        "app.py",
        "python",
        references=(Reference(Variable("env", reads), span(reads), "os.environ[]"),) if reads else (),
        definitions=(Definition(Variable("flask", defines), span(defines), "flask"),) if defines else (),
    )


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("A=canary\nSTRAY canary\n", "STRAY canary"),  # a syntax error has no name
        ('KEY="canary\nAFTER=canary\n"\n', "AFTER=canary"),  # text that looks like a name inside a value
        ('BAD="canary" AFTER=canary\n', "AFTER"),
    ],
)
def test_in_an_env_file_only_parsed_names_are_shown(text: str, marked: str) -> None:
    shown = rendered(text, marked, DOTENV.analyze(".env", text))
    assert shown is None or "canary" not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A", "A"),
        ("A  # canary = canary\nB=1\n", "A"),
        ("A=\nB=canary\n", "A="),
        ("export A = canary\n", "A=***"),
        ("A='\ncanary'\n", "A=***"),
        ("A=#canary\n", "A=***"),
    ],
)
def test_what_follows_a_name_is_shown_without_its_value(text: str, shown: str) -> None:
    assert rendered(text, "A", DOTENV.analyze(".env", text)) == f"{shown}\n^"


def test_a_line_that_begins_with_a_dot() -> None:
    text = "x = (secret\n.canary(os.environ['KEY']))\n"
    assert (
        rendered(text, "KEY", python(text, reads="KEY")) == ".***(os.environ['KEY']))\n                 ^^^"
    )


def test_in_an_env_file_the_name_is_shown() -> None:
    text = "A=1\nexport SECRET_KEY='canary'  # canary\n"
    facts = DOTENV.analyze(".env", text)
    assert rendered(text, "SECRET_KEY", facts) == "SECRET_KEY=***\n^^^^^^^^^^"


def test_in_a_manifest_the_name_is_shown() -> None:
    text = '{"env": {"SECRET_KEY": {"value": "canary"}}}'
    assert rendered(text, "SECRET_KEY", APP_JSON.analyze("app.json", text)) == "SECRET_KEY\n^^^^^^^^^^"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Client(os.environ["KEY"], token="canary")', '***(os.environ["KEY"], ***="***")'),
        ('os.environ["KEY"]  # was canary', 'os.environ["KEY"]'),
        ("""f"canary {os.environ['KEY']:>10}canary\\x00" """, """f"***{os.environ['KEY']:***}***\""""),
        ('canary.canary(b"canary", 4711, os.environ["KEY"])', '***(b"***", ***, os.environ["KEY"])'),
        ('def f(canary: str = os.environ["KEY"]): pass', 'def ***(***: str = os.environ["KEY"]): pass'),
        ('"""\nor canary is not {} """ + os.environ["KEY"]', '***""" + os.environ["KEY"]'),
        ('canary canary2 ?§ os.environ["KEY"]', '*** *** *** os.environ["KEY"]'),
        ('canary = "canary', None),
    ],
)  # fmt: skip
def test_in_python_nothing_that_may_be_a_value_is_shown(text: str, expected: str | None) -> None:
    marked = "KEY" if "KEY" in text else "canary"
    shown = rendered(text, marked, python(text, reads="KEY" if "KEY" in text else ""))
    assert (shown.splitlines()[0].rstrip() if shown else None) == expected


def test_in_python_a_name_at_the_start_of_the_line_is_shown() -> None:
    text = "KEY = 'canary'\n"
    assert rendered(text, "KEY", python(text, defines="KEY")) == "KEY = '***'\n^^^"


@pytest.mark.parametrize("key", ["sk_live_4eC39HqLyjWDarjtT1zdp7dc", "x7Gq9ZkP2mR5tW8v"])
def test_in_python_a_name_that_looks_random_is_not_shown(key: str) -> None:
    text = f'os.environ["{key}"]\n'
    shown = rendered(text, key, python(text, reads=key))
    assert shown is not None
    assert shown.startswith('os.environ["***"]\n')


def test_in_python_the_name_is_marked() -> None:
    text = 'import os\n\tkey = os.environ["KEY"]  # 🦄\n'
    shown = rendered(text, "KEY", python(text, reads="KEY"))
    assert shown == '    *** = os.environ["KEY"]\n' + " " * 22 + "^^^"


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ('SECRET = "canary"', "SECRET", 'SECRET = "***"\n^^^^^^'),
        ('SECRET = "canary"', "canary", 'SECRET = "***"\n          ^^^'),
        ("SECRET = 'can\\'ary'", "SECRET", "SECRET = '***'\n^^^^^^"),
        ('SECRET = """canary', "SECRET", 'SECRET = """***\n^^^^^^'),
        (
            'SECRET = os.environ.get("KEY", "canary")',
            "KEY",
            'SECRET = os.environ.***("KEY", "***")\n                         ^^^',
        ),
    ],
)
def test_the_name_of_a_flask_key_is_shown(text: str, marked: str, expected: str) -> None:
    reads = "KEY" if "KEY" in text else ""
    assert rendered(text, marked, python(text, reads=reads, defines="SECRET")) == expected


def test_a_long_line_is_cut_to_what_is_marked() -> None:
    text = f'x = [{"1, " * 400}os.environ["KEY"], {"2, " * 400}]'
    line, carets = str(rendered(text, "KEY", python(text, reads="KEY"))).splitlines()
    assert len(line) < 120
    assert line[carets.index("^") : carets.rindex("^") + 1] == "KEY"


def test_a_very_long_line_is_fast() -> None:
    def calls(items: int) -> int:
        text = f'x = [{"1, " * items}os.environ["KEY"], {"2, " * items}]'
        tree, facts, lines = parse(text), python(text, reads="KEY"), LineIndex(text)
        finding = Finding("missing-variable", Severity.WARNING, "", "app.py", facts.references[0].span)
        excerpts = Excerpts(facts, text, lines, tree)
        excerpts.of(finding)
        return calls_of(lambda: excerpts.of(finding))

    assert calls(200) == calls(800)


@pytest.mark.parametrize(("wider", "is_cut"), [(0, False), (1, True)])
def test_only_a_line_that_is_too_wide_is_cut(wider: int, is_cut: bool) -> None:
    text = 'os.environ["A"]'
    text += "," * (_MAX_WIDTH + wider - len(text))
    shown = rendered(text, "A", python(text, reads="A"))
    assert shown is not None
    assert ("…" in shown) is is_cut
