"""Where the value of a read goes: its default, and what the code does with the string."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from configvars.flow_model import ValueUse
from configvars.model import Reference
from support.python_facts import analyze

OS = "import os, json\nfrom decimal import Decimal\n"


def flows(text: str) -> list[str]:
    """Each read with a flow: its name, the kind of its default, and its uses."""
    facts = analyze("/ws/app.py", text)
    return [" | ".join(_said(reference)) for reference in facts.references if reference.flow is not None]


def _said(reference: Reference) -> Iterator[str]:
    assert reference.flow is not None
    default = reference.flow.default
    word = (
        ""
        if default is None
        else f"={default.kind}{default.word and ' ' + default.word}{' or' * default.by_or}"
    )
    yield f"{reference.variable.name}{word}"
    yield from (_use(use) for use in reference.flow.uses if use.kind != "key" or use.what.isupper())


def _use(use: ValueUse) -> str:
    parts = [use.kind, *use.through, use.what, *use.words, *["…"] * (use.more and bool(use.words))]
    parts += [f"({' '.join(use.against)})"] * bool(use.against)
    return " ".join([*parts, *["caught"] * use.caught, *["tested"] * use.tested])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        # unknown uses
        ("f(os.environ['A'])", ["A"]),
        ("x = os.getenv('A')\nx = 1\nint(x)", ["A"]),
        ("def f():\n    x = os.getenv('A')\ndef g(x):\n    int(x)", ["A"]),
        ("x = os.getenv('A', 1)\nif isinstance(x, str): int(x)", ["A=number"]),
        ("str(x for x in os.getenv('A', f()))", ["A=other | loop for"]),
        ("[os.environ['A']]", ["A"]),
        # defaults
        ("os.getenv('A', None)", ["A=none"]),
        ("os.getenv('A', 'x')", ["A=text"]),
        ("os.getenv('A', 'False')", ["A=text False"]),
        ("os.getenv('A', False)", ["A=bool False"]),
        ("os.getenv('A', 5)", ["A=number"]),
        ("os.getenv('A', 0.5)", ["A=number"]),
        ("os.getenv('A', [])", ["A=list"]),
        ("os.getenv('A') or 5", ["A=number or"]),
        # conversions
        ("int(os.environ['A'])", ["A | call builtins.int"]),
        ("int(os.environ['A'].strip('M'))", ["A | method strip"]),
        ("int((os.environ['A'].strip()))", ["A | call strip builtins.int"]),
        ("int(os.environ.get('A') or 30)", ["A=number or | call builtins.int"]),
        ("int(os.environ['A'], 16)", ["A | argument builtins.int(0)"]),
        ("json.loads(os.environ['A'])", ["A | call json.loads"]),
        ("Decimal(os.environ['A'])", ["A | call decimal.Decimal"]),
        ("try:\n    int(os.environ['A'])\nexcept ValueError:\n    pass", ["A | call builtins.int caught"]),
        ("x = os.environ['A']\nprint(int(x))", ["A | call builtins.int"]),
        ("x = os.getenv('A')\ny = int(x) if x else 5", ["A | call builtins.int tested | truth if"]),
        ("if os.getenv('A'):\n    int(os.environ['A'])", ["A | truth if", "A | call builtins.int tested"]),
        ("if (x := os.getenv('A')):\n    int(x)", ["A | call builtins.int tested | truth if"]),
        # operations on a string
        ("os.environ['A'].split(',')", ["A | method split"]),
        ("os.environ['A'].lower().split(',')", ["A | method lower split"]),
        ("for x in os.getenv('A', []): pass", ["A=list | loop for"]),
        ("os.getenv('A', 4) + 1", ["A=number | arithmetic + (number)"]),
        ("3 <= os.getenv('A', 4)", ["A=number | order <= (number)"]),
        # truth tests and comparisons
        ("if os.getenv('A'): pass", ["A | truth if"]),
        ("not os.getenv('A')", ["A | truth not"]),
        ("bool(os.getenv('A'))", ["A | call builtins.bool"]),
        ("1 if os.getenv('A') else 2", ["A | truth if"]),
        ("os.getenv('A') and f()", ["A | truth and"]),
        ("x = f() or os.getenv('A')", ["A"]),
        ("if f() or os.getenv('A'): pass", ["A | truth if"]),
        ("os.getenv('A') == 'True'", ["A | compare == True (text)"]),
        ("'1' == os.getenv('A')", ["A | compare == 1 (text)"]),
        ("os.getenv('A', '').lower() in ('true', 'x', '1')", ["A=text | compare lower in true 1 … (text)"]),
        ("T = ['1', 'on']\nos.getenv('A') not in T", ["A | compare not in 1 on (text)"]),
        ("os.getenv('A') is True", ["A | compare is (bool)"]),
        ("os.getenv('A') == 1", ["A | compare == (number)"]),
        ("'x' in os.environ['A']", ["A"]),
        # where the value goes
        ("c['KEY'] = os.getenv('A')", ["A | key KEY"]),
        ("c.KEY = os.getenv('A')", ["A | key KEY"]),
        ("dict(KEY=os.getenv('A'))", ["A | argument builtins.dict(KEY) | key KEY"]),
        ("x = {'KEY': os.getenv('A')}", ["A | key KEY"]),
        ("class C:\n    KEY = os.getenv('A')\nprint(C.KEY + 1)", ["A | key KEY | arithmetic + (number)"]),
        ("import time\ntime.sleep(secs=os.getenv('A', 1))", ["A=number | argument time.sleep(secs)"]),
    ],
)  # fmt: skip
def test_flows(code: str, expected: list[str]) -> None:
    assert flows(OS + code + "\n") == expected


ENVIRONS = """
from environs import Env
e = Env()
e('TEXT')
e.int('A', 5)
e.bool('B')
e.url('UNTOLD')
e.list('UNTOLD')
try:
    e.int('C')
except Exception:
    pass
"""
DECOUPLE = """
from decouple import config
config('A', cast=int)
config('B', default=False, cast=bool)
config('C', 5)
config('UNTOLD', cast=f)
"""
STARLETTE = """
from starlette.config import Config
c = Config('.env')
c('A', cast=bool)
c('B', int)
c('C')
"""
DJANGO_ENVIRON = """
import environ
env = environ.Env(A=(int, 5), B=bool)
env('A')
env('B')
env.int('C')
env('D', default=5)
env.bool('E')
env('F')
"""
PYDANTIC = """
from pydantic_settings import BaseSettings
class S(BaseSettings):
    a: int
    b: list[str] = []
    c: str
    d: bool = False
    e: 'int | None' = None
    f: list[int] | None = None
    g: Thing
    h: Optional[float]
    i: int | str
"""
VALIDATED = """
from pydantic_settings import BaseSettings
class S(BaseSettings):
    a: int
    b: list[str]
    c: int
    d: list[str] | None
    @field_validator('b', 'c', 'd', mode='before')
    def f(cls, v): return v
class Undecoded(BaseSettings):
    e: Annotated[list[str], NoDecode]
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (ENVIRONS, ["TEXT", "A=number | type int", "B | type environs.bool", "C | type int caught"]),
        (DECOUPLE, ["A | type int", "B=bool False | type decouple.bool", "C=number"]),
        (STARLETTE, ["A | type Starlette.bool", "B | type int", "C"]),
        (DJANGO_ENVIRON, ["A=number | type int", "B | type ?", "C | type int", "D=number | type int",
                          "E | type ?", "F"]),
        (PYDANTIC, ["A | type pydantic.int", "B | type json.loads", "C | type ?", "D | type pydantic.bool",
                    "E | type pydantic.int", "F | type json.loads", "H | type float"]),
        (VALIDATED, ["A | type pydantic.int", "B | type json.loads"]),
    ],
)  # fmt: skip
def test_readers_that_convert(code: str, expected: list[str]) -> None:
    assert flows(code) == expected


def test_a_class_may_ignore_empty_values() -> None:
    start = "from pydantic_settings import BaseSettings, SettingsConfigDict\n"
    ignoring = (
        "class S(BaseSettings):\n    model_config = SettingsConfigDict(env_ignore_empty=True)\n    a: int\n"
    )
    inheriting = "class B(BaseSettings): pass\nclass S(B):\n    a: int\n"
    assert flows(start + ignoring) == ["A | type pydantic.int tested | type pydantic.not empty"]
    assert flows(start + ignoring.replace("int", "str")) == ["A | type pydantic.not empty"]
    assert flows(start + ignoring.replace("int", "int = 1")) == ["A | type pydantic.int tested"]
    assert flows(start + inheriting) == ["A | type pydantic.int tested"]


def test_reads_that_are_passed_on() -> None:
    facts = analyze(
        "/ws/app.py", "import os\nint(os.environ['A'])\nf(os.environ['B'])\nint(os.environ['C'], 2)\n"
    )
    assert [reference.passed_to for reference in facts.references] == ["builtins.int", "", ""]
