"""string-truthiness: a value that means no is taken for yes, because any text is true."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.env_values import wrong_values
from configvars.checks.fixes import replace_text
from configvars.checks.judge_prefixed import wrong_lines
from configvars.checks.judge_truth import PARSED_BY_FLASK, is_switch_by_default, is_tested_for_truth
from configvars.checks.switches import looks_like_switch
from configvars.flow_model import Flow
from configvars.model import (
    Access,
    Example,
    FileFacts,
    Finding,
    Reference,
    Severity,
    TextEdit,
)
from configvars.project import Project
from configvars.runs.givers import is_test

NAME = "string-truthiness"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind == "python" and not is_test(project, facts.path):
        for reference in facts.references:
            is_read = reference.access is Access.READ and reference.variable.scope == "env"
            words = _in_code(reference, reference.flow) if is_read and reference.flow is not None else ""
            if words:
                span, variable = reference.span, reference.variable
                yield Finding(NAME, Severity.INFORMATION, words, facts.path, span, variable)
    elif facts.kind == "dotenv":
        by_prefix = list(_in_env_file(facts, project))
        yield from by_prefix
        spoken = {finding.span for finding in by_prefix}
        yield from (one for one in wrong_values(NAME, facts, project) if one.span not in spoken)


def _in_code(reference: Reference, flow: Flow) -> str:
    """What is wrong with how code asks a text whether it means yes; empty where nothing is."""
    name = reference.variable.name
    if name == PARSED_BY_FLASK or flow.type is not None:
        return ""
    if is_tested_for_truth(flow) and (looks_like_switch(name) or is_switch_by_default(flow)):
        return f"Any text that is not empty is true: {name} cannot be switched off by a word"
    for use in flow.uses:
        if use.kind == "compare" and use.against and set(use.against) <= {"bool", "number"}:
            return f"{name} is a text where it is set, and never equals a {use.against[0]}"
    return ""


def _in_env_file(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """Words for no that are no JSON."""
    for wrong in wrong_lines(facts, project):
        one = wrong.definition
        if wrong.truth:
            edit = one.value_span and TextEdit(one.value_span, "false")
            fixes = (replace_text(facts.path, edit, "Write false in lower case"),) if edit else ()
            yield Finding(NAME, wrong.severity, wrong.words, facts.path, one.span, one.variable, fixes)


_APP = "-- app.py --\nimport os\n"

STRING_TRUTHINESS = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="A value that means no is taken for yes, because any text is true.",
    what="""\
In env files, as a warning: `False`, `no` or `off` (`0` for a switch) where the code asks the text for its truth, in
`if os.getenv("DEBUG"):`, in `bool(…)` or through a key of Flask's configuration; `true` where it compares with `"True"`;
and a word for no of a variable that `app.config.from_prefixed_env()` reads: it takes values as JSON, where only `false`,
in lower case, means no.

In code, as information: `if os.getenv("DEBUG"):` and `bool(os.getenv("DEBUG"))`, of a variable that is a switch by its
name or by its default, and a text that is compared with `True` or a number. Of other variables `if` and `bool()` are a
fair question for whether they are set. `FLASK_DEBUG` is never told: the `flask` command knows these words.""",
    why="""\
Every text but the empty one is true, `"False"` and `"0"` too: what was to be switched off stays on. Compare with words:
`os.getenv("DEBUG", "").lower() in ("true", "1", "yes")`. The fix in an env file leaves the value empty.""",
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
        Example(
            "-- .env --\nFLASK_DEBUG=False\nFLASK_PREFERRED_URL_SCHEME=off\n-- app.py --\nfrom flask import Flask\n"
            "app = Flask(__name__)\napp.config.from_prefixed_env()\n",
            note="the flask command knows the word; a key that is a text",
        ),
        Example('import os\nif os.getenv("SMTP_CREDENTIALS", False):\n    pass\n', note="is it set?"),
        Example(
            'import os\nif os.getenv("FLASK_DEBUG"):\n    pass\n', note="the flask command knows its words"
        ),
        Example(f'-- .env --\nWORKERS=0\n{_APP}if os.getenv("WORKERS"):\n    pass\n', note="no switch"),
        Example(f'-- .env --\nA=False\n{_APP}os.getenv("A", "").lower() == "true"\n', note="compared"),
        Example(f'-- .env --\nA=yes\n{_APP}os.getenv("A") in ("yes", "auto")\n'),
        Example(
            f'-- .env --\nA=1\n{_APP}a = os.getenv("A")\nx = a == "true" or a == "1"\n', note="either word"
        ),
        Example(f'-- .env --\nA=False\n{_APP}a = os.getenv("A")\nif a:\n    x = a.lower() == "true"\n'),
        Example(
            "-- .env --\nA=no\n-- app.py --\nimport os\ndef get(name):\n    value = os.getenv(name)\n    if not value:\n"
            "        raise KeyError(name)\n    return value\nget('A')\n",
            note="a function that asks whether it is set",
        ),
        Example(
            f'-- .env --\nA=off\n{_APP}a = os.getenv("A")\nif a == "true":\n    x = 1\nelif a == "false":\n    x = 2\n',
            note="something else is done with other words",
        ),
        Example(f'-- .env --\nA=true\n{_APP}os.getenv("A") == "auto"\n', note="no word for yes or no"),
    ),
    examples=(
        Example(
            'import os\nbool(os.getenv("DEBUG"))\n',
            (
                "app.py:2:17 information Any text that is not empty is true: DEBUG cannot be switched off by a word",
            ),
        ),
        Example(
            'import os\nx = bool(os.environ.get("SEND", "False"))\n',
            (
                "app.py:2:26 information Any text that is not empty is true: SEND cannot be switched off by a word",
            ),
        ),
        Example(
            'import os\nif os.getenv("USE_TLS"):\n    pass\n',
            (
                "app.py:2:15 information Any text that is not empty is true: USE_TLS cannot be switched off by a word",
            ),
        ),
        Example(
            'import os\nos.getenv("A", True) is True\n',
            ("app.py:2:12 information A is a text where it is set, and never equals a bool",),
            "false as soon as A is set",
        ),
        Example(
            "-- .env --\nLOG=True\n-- app.py --\nimport os\ndef flag(name):\n    return os.getenv(name, '') == 'true'\n"
            "flag('LOG')\n",
            (
                ".env:1:1 warning LOG says yes here, and app.py:4 takes it for the contrary: it compares with 'true' [fix: Write true]",
            ),
            "through a function of one's own",
        ),
        Example(
            f'-- .env --\nLOG=off\n{_APP}if os.getenv("LOG"):\n    pass\n',
            (
                ".env:1:1 warning LOG says no here, and app.py:2 takes it for yes: any text that is not empty is true [fix: Leave LOG empty]",
            ),
        ),
        Example(
            f'-- .env --\nDEBUG=0\n{_APP}debug = os.getenv("DEBUG")\nprint(1 if debug else 2)\n',
            (
                ".env:1:1 warning DEBUG says no here, and app.py:2 takes it for yes: any text that is not empty is true [fix: Leave DEBUG empty]",
                "app.py:2:20 information Any text that is not empty is true: DEBUG cannot be switched off by a word",
            ),
        ),
        Example(
            f'-- .env --\nA=true\n{_APP}os.getenv("A") == "True"\n',
            (
                ".env:1:1 warning A says yes here, and app.py:2 takes it for the contrary: it compares with 'True' [fix: Write True]",
            ),
            "off, though the file says on",
        ),
        Example(
            f"-- .env --\nA=off\n{_APP}from flask import Flask\napp = Flask(__name__)\n"
            'app.config["KEY"] = os.getenv("A")\nif app.config["KEY"]:\n    pass\n',
            (
                ".env:1:1 warning A says no here, and app.py:5 takes it for yes: any text that is not empty is true [fix: Leave A empty]",
            ),
            "through a key of the configuration",
        ),
        Example(
            '-- .env --\nFLASK_A=False\nFLASK_B="off"\n-- app.py --\nfrom flask import Flask\n'
            "app = Flask(__name__)\napp.config.from_prefixed_env()\n",
            (
                ".env:1:1 information from_prefixed_env reads FLASK_A as JSON; this is none, so it is a text, and true [fix: Write false in lower case]",
                ".env:2:1 information from_prefixed_env reads FLASK_B as JSON; this is none, so it is a text, and true [fix: Write false in lower case]",
            ),
        ),
    ),
)
