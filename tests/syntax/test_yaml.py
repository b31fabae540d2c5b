"""YAML as plain nodes: aliases, merges, and texts that are made to be expensive."""

from __future__ import annotations

from configvars.syntax.yaml import Yaml, parse_yaml


def rendered(text: str) -> object:
    """A document as Python has it."""
    root = parse_yaml(text)
    assert root is not None
    return _plain(root)


def _plain(node: Yaml) -> object:
    if node.pairs:
        return {key.text: _plain(value) for key, value in node.pairs}
    return [_plain(item) for item in node.items] if node.items else node.text


def test_an_alias_stands_for_its_anchor() -> None:
    assert rendered("a: &a {x: 1}\nb: *a\n") == {"a": {"x": "1"}, "b": {"x": "1"}}


def test_a_mapping_takes_over_what_it_does_not_say_itself() -> None:
    text = "one: &one {x: 1, y: 1}\ntwo: &two {y: 2, z: 2}\nall:\n  <<: [*one, *two]\n  x: 3\n"
    root = parse_yaml(text)
    assert root is not None
    found = [root.get("all", key) for key in "xyz"]
    assert [each.text for each in found if each is not None] == ["3", "1", "2"]


def test_a_quoted_merge_key_is_a_key() -> None:
    assert rendered('a: {"<<": 1}\n') == {"a": {"<<": "1"}}


def test_an_alias_inside_its_own_anchor_is_empty() -> None:
    assert rendered("a: &a [1, *a]\n") == {"a": ["1", None]}


def test_aliases_of_aliases_are_not_written_out() -> None:
    levels = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 50))
    merges = "".join(f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}]}}\n" for n in range(1, 50))
    root = parse_yaml(f"a0: &a0 [x, x]\n{levels}m0: &m0 {{k: v}}\n{merges}")
    assert root is not None
    assert len(root.pairs) == 100
