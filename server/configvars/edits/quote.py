"""Adding missing quotes to a value."""

from __future__ import annotations

from collections.abc import Sequence

from configvars.model import TextEdit
from configvars.patterns import lazy_pattern
from configvars.syntax.dotenv import Binding, parse_env
from configvars.syntax.env_parts import iter_whole, parts
from configvars.text import Span

_OPENED = lazy_pattern(r"[^=\r\n]*=[ \t]*(?P<quote>['\"])")
_CLOSES = lazy_pattern(r"-{4}[ \t]?END\b[^\r\n'\"]*----[ \t]*\Z")


def quote(text: str, offset: int, bindings: Sequence[Binding] | None = None) -> TextEdit | None:
    """The edit that puts the value of the statement at an offset in double quotes and keeps what is read.

    Interpolation stays as it is; a PEM key on several lines becomes one value. None if there is no unquoted
    value. `bindings` is the result of `parse_env`, if that is already known; as everywhere in this package.
    """
    for binding in iter_whole(text, parse_env(text) if bindings is None else bindings):
        span = binding.literal_span
        if (
            binding.statement.start <= offset < binding.statement.end
            or offset == binding.statement.end == len(text)
        ):
            if span is None or binding.quote or span.start == span.end:
                return None
            written = span.of(text).replace("\\", "\\\\").replace('"', '\\"')
            return TextEdit(span, f'"{written}"')
    return None


def close_quote(text: str, offset: int, bindings: Sequence[Binding] | None = None) -> TextEdit | None:
    """The edit that adds the closing quote after a PEM key's END; None if the offset is not in such a key."""
    for binding, part in parts(parse_env(text) if bindings is None else bindings, text):
        if part is None or part.kind != "key" or not part.span.start <= offset < part.span.end:
            continue
        opened = _OPENED.match(binding.statement.of(text)) if binding.error else None
        written = part.span.of(text).rstrip()
        if opened is None or not _CLOSES.search(written):
            return None
        end = part.span.start + len(written)
        return TextEdit(Span(end, end), opened["quote"])
    return None
