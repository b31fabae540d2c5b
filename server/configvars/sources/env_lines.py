"""The facts of an env file, statement by statement. Text that may be part of a value never becomes a name."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import Definition, FileFacts, Need, Problem, Reference, Suppression, Variable
from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.sources.env_problems import in_part, of_concealed, of_line, unnamed_interpolation
from configvars.syntax.dotenv import Binding, Interpolation
from configvars.syntax.env_comments import (
    about,
    description,
    is_attached,
    is_comment,
    is_title,
    suppressed_checks,
)
from configvars.syntax.env_names import is_name, is_upper_name
from configvars.syntax.env_parts import Part
from configvars.text import LineIndex, Span

KIND = "dotenv"
INTERPOLATION = "${}"
INTERPOLATION_WITH_DEFAULT = "${:-}"
# In a template, a commented-out line lists an optional variable.
_COMMENTED_OUT = lazy_pattern(
    r"#+[ \t]*(?:export[ \t]+)?(?P<name>[A-Z_][A-Z0-9_]*)"
    r"(?:[ \t]*=[ \t]*(?:'[^']*'|\"[^\"]*\"|[^\s'\"]*)[ \t]*(?:[ \t]#.*)?|=[^\s=#'\"-][^'\"]*)"
)


class EnvLines:
    """Collects the facts of the statements of one env file."""

    def __init__(self, text: str, *, template: bool) -> None:
        self._text = text
        self._template = template
        self._lines = LineIndex(text if "configvars:" in text else "")
        self._definitions: list[Definition] = []
        self._commented: list[Definition] = []
        self._interpolations: list[Interpolation] = []
        self._problems: list[Problem] = []
        self._suppressions: list[Suppression] = []
        self._concealed: set[Secret] = set()
        self._above: list[Binding] = []
        self._part: Part | None = None  # the part whose problem has been reported

    def add(self, binding: Binding, part: Part | None) -> None:
        """Add the next statement, and the part that it belongs to."""
        if self._above and not is_attached(self._above[-1], binding):
            self._above.clear()
        if is_comment(binding):
            self._above.append(binding)
            if self._template and part is None:
                self._commented += _commented_out(binding, self._text)
            return
        self._suppressions += _suppressions(binding, self._above, self._text, self._lines)
        self._forget_heading(binding)
        if part is None:
            self._add_whole(binding)
        else:
            if part != self._part:
                self._problems += in_part(binding, part, self._text, template=self._template)
            self._part = part
            if part.kind == "key" and part.begins_with(binding):
                self._name(binding, part.span)
            else:
                self._conceal(binding)
        self._above.clear()

    def _add_whole(self, binding: Binding) -> None:
        if self._name(binding, binding.statement):
            self._problems += of_line(binding, self._text, template=self._template)
        else:
            self._problems += of_concealed(binding, template=self._template)

    def _name(self, binding: Binding, statement: Span) -> bool:
        """Add the definition of a statement, unless its name must not be shown; `statement` is its whole span."""
        self._interpolations += binding.interpolations
        if binding.key is None or binding.key_span is None:
            return True
        if not self._is_shown(binding, binding.key):
            self._conceal(binding)
            return False
        self._definitions.append(
            Definition(
                Variable("env", binding.key),
                binding.key_span,
                KIND,
                declaration=self._template,
                value=binding.value,
                value_span=binding.value_span,
                statement=statement,
                comment=description(about(self._above, binding.key, self._text), binding, self._text)
                if self._template
                else "",
            )
        )
        return True

    def _forget_heading(self, below: Binding) -> None:
        """Discard the heading if it is above several lines, because it then describes none of them."""
        last = self._definitions[-1] if self._definitions else None
        if last is None or self._above or last.statement is None or not is_title(last.comment):
            return
        if last.statement.end == below.statement.start and below.key is not None:
            self._definitions[-1] = replace(last, comment="")

    def _is_shown(self, binding: Binding, key: str) -> bool:
        """A word without `=` lists a variable in a template, but may be a password in an env file."""
        return is_name(key) if self._template or binding.value is not None else is_upper_name(key)

    def _conceal(self, binding: Binding) -> None:
        if binding.key is not None:
            self._concealed.add(Secret(binding.key))

    def facts(self, path: str) -> FileFacts:
        """The facts of the file."""
        given = {definition.variable.name for definition in self._definitions}
        commented = {d.variable: d for d in reversed(self._commented) if d.variable.name not in given}
        references: list[Reference] = []
        mentions: set[str] = set()
        for found in self._interpolations:
            if is_upper_name(found.name) or (found.name in given and is_name(found.name)):
                references.append(_reference(found))
            elif found.name:
                mentions.add(found.name)
                self._problems += unnamed_interpolation(found)
        return FileFacts(
            path,
            KIND,
            references=tuple(references),
            definitions=tuple(sorted((*self._definitions, *commented.values()), key=lambda d: d.span)),
            problems=tuple(self._problems),
            suppressions=tuple(self._suppressions),
            mentions=frozenset(mentions),
            concealed=frozenset(self._concealed),
        )


def _commented_out(comment: Binding, text: str) -> Iterator[Definition]:
    span = comment.comment_span
    found = _COMMENTED_OUT.fullmatch(span.of(text)) if span else None
    if span and found and is_upper_name(found["name"]):
        name = Span(span.start + found.start("name"), span.start + found.end("name"))
        yield Definition(
            Variable("env", found["name"]), name, KIND, declaration=True, statement=comment.statement
        )


def _reference(found: Interpolation) -> Reference:
    """The name in `${…}`. All count as defaulted: an unset variable becomes the default, or nothing."""
    idiom = INTERPOLATION if found.default_span is None else INTERPOLATION_WITH_DEFAULT
    return Reference(Variable("env", found.name), found.span, idiom, need=Need.DEFAULTED)


def _suppressions(
    binding: Binding, above: list[Binding], text: str, lines: LineIndex
) -> Iterator[Suppression]:
    """The suppressions in the comment lines right above a statement, for each line of it."""
    silenced = [checks for comment in above if (checks := suppressed_checks(comment, text)) is not None]
    if silenced:
        first = lines.position(binding.statement.start).line
        last = lines.position(max(binding.statement.start, binding.statement.end - 1)).line
        for line in range(first, last + 1):
            yield from (Suppression(line, checks) for checks in silenced)
