"""The positions of keys in TOML files, in every notation, also in large files."""

from __future__ import annotations

import tracemalloc
from ast import literal_eval
from collections.abc import Callable

import pytest

from configvars.limits import TOML_PARTS, Hits, counted_in
from configvars.sources.settings_files import SETTINGS_FILES
from configvars.syntax.toml import KeyPlaces, LongKeyError, key_span, parsed
from support.growth import grows_too_fast

TEXT = """\
app = "x"
[env]
A = "1"
"B.C" = '2'
d.e = 3
inline = {KEY = "KEY_2", OTHER-KEY = 1, KEY_2 = 2}
[[tool]]
name = "A"
[tool."x y".z]
w = 1
[env]
A = "later"
"""


@pytest.mark.parametrize(
    ("keys", "line", "found"),
    [
        (("nothing",), 1, ""),
        (("nothing", "A"), 1, ""),
        (("app",), 1, "app"),
        (("env",), 2, "env"),
        (("env", "A"), 3, "A"),
        (("env", "B.C"), 4, "B.C"),
        (("env", "d", "e"), 5, "e"),
        (("env", "missing"), 2, "env"),
        (("env", "inline", "KEY"), 6, "KEY"),
        (("env", "inline", "KEY_2"), 6, "KEY_2"),
        (("env", "inline", "OTHER"), 6, "inline"),
        (("tool", "name"), 8, "name"),
        (("tool", "x y", "z", "w"), 10, "w"),
    ],
)
def test_places(keys: tuple[str, ...], line: int, found: str) -> None:
    span = key_span(TEXT, keys)
    assert (TEXT.count("\n", 0, span.start) + 1, span.of(TEXT)) == (line, found)


SHAPES: dict[str, Callable[[int], str]] = {
    "keys": lambda n: "[env]\n" + "".join(f"K{i} = 'x'\n" for i in range(n)),
    "tables": lambda n: "".join(f"[env.K{i}]\n" for i in range(n)),
    "an inline table": lambda n: "env = {" + ", ".join(f"K{i} = 'x'" for i in range(n)) + "}\n",
    "a deep table with keys": lambda n: (
        f"[{'.'.join('a' * n)}]\n" + "".join(f"K{i} = 'x'\n" for i in range(n))
    ),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_work_grows_with_the_text(shape: Callable[[int], str]) -> None:
    def work(n: int) -> None:
        places = KeyPlaces(shape(n))
        for i in range(n):
            places.span(("env", f"K{i}"))

    assert grows_too_fast(work, 200) is None


LONG = ".".join(["a"] * (TOML_PARTS.most + 1))


@pytest.mark.beyond_limits
@pytest.mark.parametrize(
    "text",
    [f"{LONG} = 1\n", f"[{LONG}]\n", f"[[ {LONG} ]]\n", f"x = {{{LONG} = 1}}", LONG.replace("a", '"a"')],
)
def test_keys_of_very_many_parts_are_not_parsed(text: str) -> None:
    with counted_in(hits := Hits()), pytest.raises(LongKeyError):
        parsed(text)
    assert hits.counts == ((TOML_PARTS.name, 1),)


@pytest.mark.parametrize("value", [f'"{LONG}"', f'["{LONG}", "{LONG}"]', f'{{a = "{LONG}"}}'])
def test_values_may_contain_any_number_of_dots(value: str) -> None:
    assert parsed(f"a.b.c = {value}\n") == {"a": {"b": {"c": literal_eval(value.replace("a =", "'a':"))}}}


@pytest.mark.beyond_limits
def test_memory_for_a_key_of_very_many_parts_is_not_allocated() -> None:
    tracemalloc.start()
    facts = SETTINGS_FILES.analyze("/ws/pyproject.toml", ".".join(["a"] * 3000) + " = 1\n")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert facts.starts == ()
    assert peak < 10_000_000  # 36 MB are needed for all beginnings of the key
