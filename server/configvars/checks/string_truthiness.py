"""string-truthiness: a value that means no is taken for yes, because any text is true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.prefixes import flask_prefixes
from configvars.checks.python_calls import handed_to
from configvars.checks.switches import looks_like_switch
from configvars.model import Definition, Example, FileEdit, FileFacts, Finding, Fix, Severity, TextEdit
from configvars.project import Project

NAME = "string-truthiness"
_NO_DEFAULT = re.compile(r",\s*['\"]?(?:false|no|off|0)['\"]?\s*\)$", re.IGNORECASE)
# What means no to people and is a text, hence true, to JSON, which knows but `false`.
_NO_IN_WORDS = re.compile(r"(?!false$)(?i:false|no|off|none)$")


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind == "python":
        yield from _in_code(facts, project)
    elif facts.kind == "dotenv":
        yield from _in_env_file(facts, project)


def _in_code(facts: FileFacts, project: Project) -> Iterator[Finding]:
    reads = [reference for reference in facts.references if reference.need is not None]
    text = project.text_of(facts.path) if reads else None
    for reference, _, read in handed_to(text, reads, {"bool"}) if text else ():
        name = reference.variable.name
        if looks_like_switch(name) or _NO_DEFAULT.search(read):
            message = f"bool() of a text is true unless it is empty: {name} cannot be switched off by a word"
            yield Finding(NAME, Severity.INFORMATION, message, facts.path, reference.span, reference.variable)


def _in_env_file(facts: FileFacts, project: Project) -> Iterator[Finding]:
    prefixes = flask_prefixes(project)
    text = project.text_of(facts.path) if prefixes else None
    for definition in facts.definitions if text else ():
        if definition.variable.name.startswith(prefixes) and _means_no(definition, text or ""):
            yield _finding(facts.path, definition)


def _means_no(definition: Definition, text: str) -> bool:
    span = definition.value_span
    return span is not None and _NO_IN_WORDS.match(span.of(text)) is not None


def _finding(path: str, definition: Definition) -> Finding:
    fixes: tuple[Fix, ...] = ()
    if definition.value_span is not None:
        edit = FileEdit(path, (TextEdit(definition.value_span, "false"),))
        fixes = (Fix("Write false in lower case", (edit,), preferred=True),)
    return Finding(
        NAME,
        Severity.INFORMATION,
        f"from_prefixed_env reads {definition.variable.name} as JSON; this is none, so it is a text, and true",
        path,
        definition.span,
        definition.variable,
        fixes,
    )


STRING_TRUTHINESS = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="A value that means no is taken for yes, because any text is true.",
    what="""\
In code: `bool(os.getenv("DEBUG"))`, of a variable that is a switch by its name or by its default. Of other
variables `bool()` is a fair question for whether they are set.

In env files: a value such as `False`, `no` or `off` of a variable that `app.config.from_prefixed_env()` reads.
It takes values as JSON, where only `false`, in lower case, means no.""",
    why="""\
Every text but the empty one is true, `"False"` and `"0"` too: what was to be switched off stays on.""",
    run=_run,
    silent=(
        Example('import os\nbool(os.getenv("SENTRY_DSN"))\n', note="a question for whether it is set"),
        Example('import os\nos.getenv("DEBUG") == "1"\nint(os.getenv("DEBUG", "0"))\n'),
        Example(
            "-- .env --\nFLASK_A=false\nFLASK_B=True\nOTHER=False\n-- app.py --\nfrom flask import Flask\n"
            "app = Flask(__name__)\napp.config.from_prefixed_env()\n",
            note="JSON; true either way; another prefix",
        ),
        Example("-- .env --\nFLASK_A=False\n", note="nothing reads it as JSON"),
    ),
    examples=(
        Example('import os\nbool(os.getenv("DEBUG"))\n', ("app.py:2:17 DEBUG",)),
        Example('import os\nx = bool(os.environ.get("SEND", "False"))\n', ("app.py:2:26 SEND",)),
        Example(
            '-- .env --\nFLASK_A=False\nFLASK_B="off"\n-- app.py --\nfrom flask import Flask\n'
            "app = Flask(__name__)\napp.config.from_prefixed_env()\n",
            (".env:1:1 FLASK_A", ".env:2:1 FLASK_B"),
        ),
    ),
)
