"""YAML as plain nodes: the same as PyYAML composes for any text, and bounded for hostile documents."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from configvars.limits import Hits, counted_in
from configvars.syntax.yaml import Yaml, parse_yaml, parsing_yaml
from configvars.text import Span
from support.forked import run_python
from support.growth import calls_of, grows_too_fast


def bomb(n: int) -> str:
    return "a0: &a0 [x, y]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, n))


NO_DOCUMENT = [
    "",
    "# c\n",
    "a: [",
    "a: *b\n",
    "a: 1\n---\nb: 2\n",
    "a: \ud800\n",
    "{{ x }}: %",
    "a\tb:\n\t- c\x00",
]
DEEP = {
    "multi-line keys": "'? ' * 100_000",
    "dashes": "'-  ' * 80_000",
    "dashes and keys": "'- ? ' * 60_000",
    "brackets": "'[' * 200_000 + ']' * 200_000",
    "braces": "'{' * 200_000",
    "tags": "'!a ' * 60_000",
}
COMPOSED = """\
a: &x
  - 1
  - ~
  - null
  - !!str null
  - !!null x
  - '~'
  - ! ~
b: *x
? [c, d]
: {e: "f\\
  g", h: }
i: |
  é 💥
  text
"""


@pytest.mark.parametrize("text", NO_DOCUMENT)
def test_no_document(text: str) -> None:
    assert parse_yaml(text) is None


@pytest.mark.beyond_limits
@pytest.mark.parametrize("code", DEEP.values(), ids=DEEP)
def test_no_depth_ends_the_process(code: str) -> None:
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (10, 10))\n"
    program = f"{limit}from configvars.syntax.yaml import parse_yaml\nparse_yaml({code})\n"
    prepared = ("resource", "configvars.syntax.yaml")
    ran = run_python("-c", program, cwd=Path.cwd(), env=os.environ, prepared=prepared)
    assert ran.returncode == 0


@pytest.mark.parametrize("text", ["&a [*a, *a]", "a: &a {b: *a, c: *a, *a : *a}", "&a [&b [*a, *b], *b]"])
def test_what_holds_itself(text: str) -> None:
    assert parse_yaml(text) is not None


@pytest.mark.beyond_limits
def test_aliases_that_double_are_cut_off_and_counted() -> None:
    hits = Hits()
    with counted_in(hits):
        calls = calls_of(lambda: parse_yaml(f"{bomb(400)}z: 1\n"))
    assert calls < 400_000
    assert [name for name, _ in hits.counts] == ["YAML aliases", "YAML levels"][:1]
    root = parse_yaml(f"{bomb(400)}z: 1\n")
    assert root is not None
    assert len(list(nodes(root))) < 100_000
    assert [one.text for one in [root.get("z")] if one] == ["1"]


def test_work_grows_with_the_text() -> None:
    shapes = ["k#: v\n", "- {a: 1}\n", "a#: &a#\n  - b\n", "? x#\n: y\n"]
    for shape in shapes:
        assert (
            grows_too_fast(
                lambda n, shape=shape: parse_yaml("".join(shape.replace("#", str(i)) for i in range(n))),
                200,  # type: ignore[misc]
            )
            is None
        )


def test_a_long_text_is_many_steps() -> None:
    assert len(list(parsing_yaml("".join(f"k{i}: v\n" for i in range(2000))))) > 10


@pytest.mark.parametrize(
    "text", [COMPOSED, f"\ufeff{COMPOSED}", COMPOSED.replace("\n", "\r\n"), "x", "[1, [2]]"]
)
def test_it_is_what_pyyaml_composes(text: str) -> None:
    root = yaml.compose(text.removeprefix("\ufeff"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert parse_yaml(text) == composed(root, int(text.startswith("\ufeff")))


def rendered(text: str) -> object:
    """A document as plain Python values."""
    root = parse_yaml(text)
    assert root is not None
    return _plain(root)


def _plain(node: Yaml) -> object:
    if node.pairs:
        return {key.text: _plain(value) for key, value in node.pairs}
    return [_plain(item) for item in node.items] if node.items else node.text


def test_an_alias_means_its_anchor() -> None:
    assert rendered("a: &a {x: 1}\nb: *a\n") == {"a": {"x": "1"}, "b": {"x": "1"}}


def test_a_merge_key_adds_missing_keys() -> None:
    text = "one: &one {x: 1, y: 1}\ntwo: &two {y: 2, z: 2}\nall:\n  <<: [*one, *two]\n  x: 3\n"
    root = parse_yaml(text)
    assert root is not None
    found = [root.get("all", key) for key in "xyz"]
    assert [each.text for each in found if each is not None] == ["3", "1", "2"]


def test_a_quoted_merge_key_is_a_key() -> None:
    assert rendered('a: {"<<": 1}\n') == {"a": {"<<": "1"}}


def test_an_alias_inside_its_own_anchor_is_empty() -> None:
    assert rendered("a: &a [1, *a]\n") == {"a": ["1", None]}


def composed(node: yaml.Node, shift: int) -> Yaml:
    span = Span(node.start_mark.index + shift, node.end_mark.index + shift)
    if isinstance(node, yaml.ScalarNode):
        return Yaml(span, text="" if node.tag == "tag:yaml.org,2002:null" else node.value)
    if isinstance(node, yaml.SequenceNode):
        return Yaml(span, items=tuple(composed(item, shift) for item in node.value))
    return Yaml(span, pairs=tuple((composed(k, shift), composed(v, shift)) for k, v in node.value))


def nodes(root: Yaml) -> Iterator[Yaml]:
    yield root
    for inner in (*root.items, *(each for pair in root.pairs for each in pair)):
        yield from nodes(inner)
