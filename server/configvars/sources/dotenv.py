"""Env files: `.env` and its kin give variables, their templates declare them."""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterator

from configvars.model import Definition, Example, FileFacts, Need, Problem, Reference, Suppression, Variable
from configvars.sources.base import Source
from configvars.syntax.dotenv import Binding, iter_bindings
from configvars.syntax.env_comments import description, is_attached, is_comment, suppressed_checks
from configvars.syntax.other_readers import disagreement
from configvars.text import LineIndex, Span

KIND = "dotenv"
INTERPOLATION = "${}"
INTERPOLATION_WITH_DEFAULT = "${:-}"
MAX_STATEMENTS = 100_000
_SLICE = 20  # statements in a step
_ENV_NAME = re.compile(r"\.(?:flask)?env(?:[._-].+)?|.+\.env|(?:dot)?env[._-].+")
_TEMPLATE_WORD = re.compile(
    r"(?:^|[._-])(?:examples?|sample|template|tmpl|tpl|dist)(?=$|[._-])", re.IGNORECASE
)
_OTHER_FORMATS = re.compile(
    r"\.(?:py|js|mjs|cjs|ts|json|ya?ml|toml|md|rst|txt|sh|html|swp|bak~|gpg|age|enc|vault|gz|zip)$",
    re.IGNORECASE,
)

_QUOTED_VALUE = re.compile(
    r"""(?:export\s+)?(?:'[^']+'|[^=\#\s]+)\s*=\s*(?P<quote>['"])"""
    r"""(?P<closed>(?:(?!(?P=quote))[^\\]|\\.)*(?P=quote))?""",
    re.DOTALL,
)


def is_env_file_name(name: str) -> bool:
    """Whether a file of this name (without its folder) is an env file or a template of one."""
    if not _ENV_NAME.fullmatch(name) or _OTHER_FORMATS.search(name):
        return False
    return name.startswith(".") or name.endswith(".env") or is_template_name(name)


def is_template_name(name: str) -> bool:
    """Whether a file of this name only declares variables: `.env.example`, `.env-sample`, `env.dist`."""
    return _TEMPLATE_WORD.search(name) is not None


def analyze(path: str, text: str) -> FileFacts:
    """What an env file gives, or declares if its name says that it is a template."""
    steps = analyze_in_slices(path, text)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            facts: FileFacts = done.value
            return facts


def analyze_in_slices(path: str, text: str) -> Generator[None, None, FileFacts]:
    """`analyze` in steps of some milliseconds: yields between them and returns the facts."""
    template = is_template_name(os.path.basename(path))
    lines = LineIndex(text if "configvars:" in text else "")
    definitions: list[Definition] = []
    references: list[Reference] = []
    problems: list[Problem] = []
    suppressions: list[Suppression] = []
    above: list[Binding] = []
    for count, binding in enumerate(iter_bindings(text), 1):
        if count > MAX_STATEMENTS:
            return FileFacts(path, KIND, skipped=f"it has more than {MAX_STATEMENTS} statements")
        if above and not is_attached(above[-1], binding):
            above.clear()
        if is_comment(binding):
            above.append(binding)
        else:
            definitions += _definitions(binding, above, text, template)
            references += _references(binding)
            problems += _problems(binding, text, template)
            suppressions += _suppressions(binding, above, text, lines)
            above.clear()
        if count % _SLICE == 0:
            yield
    return FileFacts(
        path,
        KIND,
        references=tuple(references),
        definitions=tuple(definitions),
        problems=tuple(problems),
        suppressions=tuple(suppressions),
    )


def _definitions(binding: Binding, above: list[Binding], text: str, template: bool) -> Iterator[Definition]:
    if binding.key is not None and binding.key_span is not None:
        yield Definition(
            Variable("env", binding.key),
            binding.key_span,
            KIND,
            declaration=template,
            value=binding.value,
            value_span=binding.value_span,
            statement=binding.statement,
            comment=description(above, binding, text),
        )


def _references(binding: Binding) -> Iterator[Reference]:
    """The names in `${…}`. All count as defaulted: what is not set becomes the default, or nothing."""
    for found in binding.interpolations:
        idiom = INTERPOLATION if found.default_span is None else INTERPOLATION_WITH_DEFAULT
        if found.name:
            yield Reference(Variable("env", found.name), found.span, idiom, need=Need.DEFAULTED)


def _problems(binding: Binding, text: str, template: bool) -> Iterator[Problem]:
    if binding.error:
        written = binding.statement.of(text)
        start = binding.statement.start + len(written) - len(written.lstrip())
        span = Span(start, start + len(written.strip()))
        yield Problem(
            "syntax-error", span, f"python-dotenv drops this line: {_what_is_wrong(written.strip())}"
        )
    elif binding.key_span is not None and not template:
        words = disagreement(binding, text)
        if words:
            variable = Variable("env", binding.key or "")
            yield Problem("readers-disagree", binding.key_span, words, variable)


def _what_is_wrong(written: str) -> str:
    """Why python-dotenv drops a statement, without any part of it."""
    quoted = _QUOTED_VALUE.match(written)
    if written.startswith("="):
        return "there is no name before the ="
    if quoted is None:
        return "it is not NAME=value, and no comment"
    return "the value goes on behind its closing quote" if quoted["closed"] else "its quote is never closed"


def _suppressions(
    binding: Binding, above: list[Binding], text: str, lines: LineIndex
) -> Iterator[Suppression]:
    """What the comment lines right above silence, for each line of a statement."""
    silenced = [checks for comment in above if (checks := suppressed_checks(comment, text)) is not None]
    if silenced:
        first = lines.position(binding.statement.start).line
        last = lines.position(max(binding.statement.start, binding.statement.end - 1)).line
        for line in range(first, last + 1):
            yield from (Suppression(line, checks) for checks in silenced)


DOTENV = Source(
    name=KIND,
    matches=is_env_file_name,
    analyze=analyze,
    in_slices=analyze_in_slices,
    examples=(
        Example("# A=1\n", (), "a comment"),
        Example("=x\nA B=1\nC='x\n", (), "python-dotenv drops these lines"),
        Example("SECRET_KEY=x\nexport DEBUG = 1\n", ("1:1 SECRET_KEY", "2:8 DEBUG")),
        Example("KEY='-----BEGIN\nX=1\n-----END'\nB=\n", ("1:1 KEY", "4:1 B"), "a value of several lines"),
        Example("'A'=1\nB\n", ("1:2 A", "2:1 B"), "a quoted name, and a name alone"),
        Example(
            "HOST=x\nURL=http://${HOST}:${PORT:-5000}/\n",
            ("1:1 HOST", "2:1 URL", "2:14 HOST defaulted", "2:22 PORT defaulted"),
        ),
    ),
)
