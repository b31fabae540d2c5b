"""Writing values and names to an env file without changing any other byte."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from configvars.edits.apply import apply_edits
from configvars.edits.encode import encode_value, quote_value
from configvars.edits.places import Slots, line_ending
from configvars.model import TextEdit
from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.syntax.dotenv import Binding, parse_env, parse_statement, resolve
from configvars.syntax.env_parts import whole_statements
from configvars.text import Span

_NAME = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_]*")


def set_value(
    text: str, name: str, value: Secret | str, *, template_text: str | None = None
) -> tuple[TextEdit, ...]:
    """The edits after which python-dotenv reads `value` for `name`, and everything else as before.

    Replaces the value if the file sets the name (in its last line, which is the one that counts); otherwise
    inserts a line next to related names, in the order of `template_text` if that contains the name. Raises
    `ValueError`, never with the value, for a name or a value that no env file can contain, and if an unclosed
    quote would reach into the new value.
    """
    plain = _plain(value)
    bindings = parse_env(text)
    whole = whole_statements(text, bindings)
    existing = next((b for b in reversed(whole) if b.key == name), None)
    statements: Callable[[str], list[Binding]] = whole_statements
    if existing is None or existing.literal_span is None:
        statements = parse_env  # a line is added, and no PEM key on several lines is replaced
        line = NewLine(_checked(name), encode_value(plain))
        edits = NewLines(text, bindings, parse_env(template_text or "")).edits([line])
    else:
        edits = (_replaced(text, existing, existing.literal_span, plain),)
    after = apply_edits(text, edits)
    read = resolve(parse_env(after), {}, override=True).get(name)
    if read != Secret(plain) or _others(statements(after), name) != _others(statements(text), name):
        raise ValueError("a quote earlier in the file is never closed; close it first")
    return tuple(edit for edit in edits if edit.span.of(text) != edit.text)


def set_value_in(statement: str, value: Secret | str) -> TextEdit:
    """The edit of one statement's text after which python-dotenv reads `value` there.

    There must be no unclosed quote above the statement in its file: the new text could close it. Raises
    `ValueError`, never with the value, if the statement cannot set it.
    """
    plain = _plain(value)
    binding = parse_statement(statement)
    if binding is None or binding.key is None or binding.literal_span is None:
        raise ValueError("this is not a statement with a name")
    edit = _replaced(statement, binding, binding.literal_span, plain)
    after = parse_statement(apply_edits(statement, [edit]))
    if after is None or resolve([after], {}, override=True) != {binding.key: Secret(plain)}:
        raise ValueError("this statement cannot set the value")
    return edit


def insert_names(
    text: str, names: Iterable[str], *, template_text: str | None = None
) -> tuple[TextEdit, ...]:
    """The edits that insert lines with an empty value for those of `names` that the file lacks."""
    return new_lines(text, parse_env(text), parse_env(template_text or "")).with_names(names)


def declare_lines(text: str, new: Iterable[NewLine]) -> tuple[TextEdit, ...]:
    """The edits that insert lines into a template, after which it lists everything else as before.

    Raises `ValueError` if an unclosed quote would reach into them.
    """
    lines = list(new)
    before = parse_env(text)
    edits = NewLines(text, before, ()).edits(lines)
    after = parse_env(apply_edits(text, edits))
    names = [_checked(line.name) for line in lines]
    given = {line.name for line in lines if not line.commented_out}
    if not given <= {b.key for b in after} or _others(after, *names) != _others(before, *names):
        raise ValueError("a quote earlier in the file is never closed; close it first")
    return edits


def new_lines(text: str, bindings: Sequence[Binding], template: Iterable[Binding] = ()) -> NewLines:
    """An object that finds the places for new names in a file, from its statements and its template's."""
    return NewLines(text, bindings, template)


def is_writable_name(name: str) -> bool:
    """Whether a new line may set the name: letters, digits and underscores, not starting with a digit."""
    return _NAME.fullmatch(name) is not None


def _plain(value: Secret | str) -> str:
    return value.reveal() if isinstance(value, Secret) else value


def _checked(name: str) -> str:
    if not is_writable_name(name):
        raise ValueError("not a name for an environment variable")
    return name


class NewLine(Struct, frozen=True):
    """A line to be inserted into an env file: the text for a name, and the comment lines above it.

    `commented_out`: it lists the name but sets no value.
    """

    name: str
    written: str = ""
    above: tuple[str, ...] = ()
    commented_out: bool = False


class NewLines:
    """Inserts lines into an env file, which is read once for all of them, in the order of its template."""

    def __init__(self, text: str, bindings: Sequence[Binding], template: Iterable[Binding]) -> None:
        order = [b.key for b in template if b.key is not None]
        self._text = text
        self._present = {b.key for b in bindings}  # including those in a broken statement
        self._rank = {name: n for n, name in reversed(list(enumerate(order)))}
        self._slots = Slots(text, whole_statements(text, bindings), order)
        self._ending = line_ending(text)

    def with_names(self, names: Iterable[str]) -> tuple[TextEdit, ...]:
        """The edits that insert lines with an empty value for those of `names` that the file lacks."""
        wanted = dict.fromkeys(name for name in names if name not in self._present)
        return self.edits(NewLine(_checked(name)) for name in wanted)

    def edits(self, new: Iterable[NewLine]) -> tuple[TextEdit, ...]:
        """The edits that insert lines, each with its comments and at its place."""
        lines: defaultdict[int, list[str]] = defaultdict(list)
        for line in sorted(new, key=lambda line: self._rank.get(line.name, len(self._rank))):
            slot = self._slots.find(line.name)
            start = "# " if line.commented_out else "export " if slot.export else ""
            gap = [""] if line.above and (lines[slot.offset] or self._is_below_text(slot.offset)) else []
            lines[slot.offset] += [*gap, *line.above, f"{start}{line.name}={line.written}"]
        return tuple(self._insertion(offset, lines[offset]) for offset in sorted(lines))

    def _is_below_text(self, offset: int) -> bool:
        """Whether the line above an offset is not blank."""
        before = self._text[:offset].replace("\r\n", "\n")
        return bool(before) and not before.endswith(("\n\n", "\r\r"))

    def _insertion(self, offset: int, lines: list[str]) -> TextEdit:
        """The edit that inserts whole lines at the start of a line, or after an unended last line."""
        block = self._ending.join(lines)
        before = self._text[max(offset - 2, 0) : offset]
        starts_line = before.endswith(("\n", "\r")) or (offset < 2 and before in ("", "\ufeff"))
        return TextEdit(Span(offset, offset), block + self._ending if starts_line else self._ending + block)


def _replaced(text: str, binding: Binding, place: Span, value: str) -> TextEdit:
    """The edit that replaces the value in an existing line.

    A comment after the value must not become part of it.
    """
    written = encode_value(value)
    if binding.comment_span and (not written or text[place.end] == "#"):
        written = quote_value(value)
    return TextEdit(place, f"={written}" if binding.value is None else written)


def _others(bindings: Iterable[Binding], *new: str) -> list[tuple[str | None, Secret | None, bool]]:
    return [(b.key, b.value, b.error) for b in bindings if b.key not in new and (b.key or b.error)]
