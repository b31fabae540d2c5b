"""ignored-field-env: `Field(env="NAME")` of pydantic 1 in a class of pydantic-settings 2, which ignores it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.subjects import Subject
from configvars.checks.wording import joined
from configvars.model import Example, FileEdit, FileFacts, Finding, Fix, Severity, TextEdit, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.pydantic_model import IgnoredName
from configvars.syntax.python import PythonTree, named
from configvars.text import Span

NAME = "ignored-field-env"
_NAME = lazy_pattern(r"[A-Za-z_]\w*", re.ASCII)
_OPTION = lazy_pattern(r"\benv(?=\s*=\s*\Z)")


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    ignored = dict.fromkeys(one for settings in facts.settings for one in settings.ignored)
    for one in ignored:
        read = [name for name in one.read if name]
        if read and _NAME.fullmatch(one.name) and one.name.lower() not in map(str.lower, read):
            yield Finding(
                NAME,
                Severity.WARNING,
                f"pydantic-settings 2 ignores env=: the field {one.field} reads {joined(read, 'or')}, not {one.name}",
                facts.path,
                one.span,
                Variable("env", one.name),
                tuple(_fixes(facts.path, project.tree_of(facts.path), one)),
            )


def _fixes(path: str, tree: PythonTree, one: IgnoredName) -> Iterator[Fix]:
    """The option that pydantic 2 has for one name, if the field has no alias already."""
    if _has_alias(tree, one.span):
        return
    text = tree.text
    option = _OPTION.search(text, max(0, one.span.start - 40), one.span.start)
    if option and text[one.span.start : one.span.start + 1] in ("'", '"'):
        edit = TextEdit(Span(option.start(), option.end()), "validation_alias")
        yield Fix("Use validation_alias instead of env", (FileEdit(path, (edit,)),))


def _has_alias(tree: PythonTree, option: Span) -> bool:
    """Whether the call around the value of an option has an alias."""
    node = tree.root.descendant_for_byte_range(tree.byte(option.start), tree.byte(option.end))
    while node is not None and node.type != "argument_list":
        node = node.parent
    names = (each.child_by_field_name("name") for each in named(node)) if node is not None else ()
    return any(name is not None and tree.source(name).endswith("alias") for name in names)


_CLASS = "from pydantic import Field\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"

IGNORED_FIELD_ENV = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A field of a pydantic-settings 2 class names its variable with `env=`, an option of pydantic 1.",
    what="""\
`Field(env="NAME")` in a class that derives from `pydantic_settings.BaseSettings`. pydantic-settings 2
ignores the option and reads the variable named like the field or its alias. Nothing is reported if that is
the same name.""",
    why="""\
`env=` belongs to pydantic 1. Version 2 warns that it is deprecated and reads a different variable, so the
program stops with a ValidationError, or uses the default although the variable is set. In version 2, write
`Field(validation_alias="NAME")`.""",
    run=_run,
    about=Subject.SETTINGS,
    silent=(
        Example(f"{_CLASS}    a: str = Field(validation_alias='DB_URL')\n"),
        Example(f"{_CLASS}    a: str = Field(env='A')\n", note="the field reads this name anyway"),
        Example(
            "from pydantic import BaseSettings, Field\nclass S(BaseSettings):\n    a: str = Field(env='DB_URL')\n",
            note="version 1",
        ),
        Example(f"{_CLASS}    a: str = Field(env=name)\n", note="a dynamic name"),
    ),
    examples=(
        Example(
            f"{_CLASS}    database: str = Field(..., env='DB_URL')\n",
            (
                "app.py:4:36 warning pydantic-settings 2 ignores env=: the field database reads DATABASE, not DB_URL [fix: Use validation_alias instead of env]",
            ),
        ),
        Example(
            f"{_CLASS}    database: str = Field('x', env=['DB_URL', 'DATABASE'])\n",
            (
                "app.py:4:36 warning pydantic-settings 2 ignores env=: the field database reads DATABASE, not DB_URL",
            ),
            note="several names",
        ),
        Example(
            f"{_CLASS}    database: str = Field('x', env='DB_URL', validation_alias='DATABASE_URL')\n",
            (
                "app.py:4:36 warning pydantic-settings 2 ignores env=: the field database reads DATABASE_URL, not DB_URL",
            ),
            note="the field has an alias already, which the fix must not repeat",
        ),
    ),
)
