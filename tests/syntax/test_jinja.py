"""The tokens in a template's expressions and statements."""

from __future__ import annotations

import pytest

from configvars.syntax.jinja import parse_jinja

TABLE = [
    ("no {braces} }} %}", []),
    ("{# {{ a }} #}", []),
    ("{% raw %}{{ a }}{% endraw %}{{ b }}", ["{{ b }}"]),
    ("{%- raw -%}{{ a }}", []),
    ("{{ a.b }}{%- if c -%}", ["{{ a . b }}", "{% if c %}"]),
    ("{{ '}}' ~ \"{{\" }}x", ["{{ '}}' ~ \"{{\" }}"]),
    ("{{ {'a': {'b': c}} }}{{ d }}", ["{{ { 'a' : { 'b' : c } } }}", "{{ d }}"]),
    ("{{ a {% if b %}", ["{{ a }}", "{% if b %}"]),
    ("{{ 1.5e3 }}", ["{{ 1.5e3 }}"]),
    ("{{", ["{{  }}"]),
]


@pytest.mark.parametrize(("text", "parts"), TABLE)
def test_parts(text, parts):
    rendered = []
    for part in parse_jinja(text):
        inside = " ".join(token.text for token in part.tokens)
        rendered.append(f"{{% {inside} %}}" if part.statement else f"{{{{ {inside} }}}}")
        assert all(token.span.of(text) == token.text for token in part.tokens)
    assert rendered == parts


@pytest.mark.parametrize("text", ["{{" * 50_000, "{# " * 50_000, "{{ '" * 30_000, "{% raw %}" * 20_000])
@pytest.mark.slow
@pytest.mark.timeout(120)  # quadratic time would be many minutes
def test_no_file_takes_too_long(text):
    tokens = [token for part in parse_jinja(text) for token in part.tokens]
    assert all(token.span.of(text) == token.text for token in tokens)
