"""The description of a value that may be shown."""

from __future__ import annotations

from configvars.secret import Kind, ValueFacts

_KINDS: dict[Kind, str] = {
    "empty": "empty",
    "url": "a URL",
    "number": "a number",
    "boolean": "true or false",
    "json": "JSON",
    "pem": "a PEM block",
    "text": "text",
}
_LENGTHS = ((16, "short"), (64, "of medium length"), (512, "long"))


def describe(facts: ValueFacts) -> str:
    """Kind and approximate length, such as `a URL (https://…), short`, which do not reveal the value."""
    if facts.is_empty:
        return _KINDS["empty"]
    kind = "a random string" if facts.looks_random else _KINDS[facts.kind]
    scheme = f" ({facts.scheme}://…)" if facts.scheme else ""
    return (
        f"{kind}{scheme}, {next((word for limit, word in _LENGTHS if facts.byte_size <= limit), 'very long')}"
    )
