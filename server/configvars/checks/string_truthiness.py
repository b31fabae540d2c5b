"""string-truthiness: a value that means false counts as true, because every non-empty string is true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from configvars.catalog.flask_keys import flask_key
from configvars.catalog.typed_keys import raising_keys
from configvars.checks.base import Check
from configvars.checks.env_values import wrong_values
from configvars.checks.fixes import replace_text
from configvars.checks.judge_flask import BOOL
from configvars.checks.judge_prefixed import wrong_lines
from configvars.checks.judge_truth import (
    PARSED_BY_FLASK,
    distinguished,
    distinguishes,
    is_switch_by_default,
    is_tested_for_truth,
)
from configvars.checks.reached import flask_keys, keys_given
from configvars.checks.subjects import Subject
from configvars.checks.switches import looks_like_switch
from configvars.flow_model import Flow
from configvars.model import (
    Access,
    Definition,
    Example,
    FileFacts,
    Finding,
    Reference,
    Severity,
    TextEdit,
)
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.runs.remarks import place_of_read
from configvars.runs.used_elsewhere import reads_elsewhere
from configvars.text import Span

NAME = "string-truthiness"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    if facts.kind == "python" and not is_test(project, facts.path):
        keys, told_apart = flask_keys(facts), distinguished(facts)
        for reference in facts.references:
            is_read = reference.access is Access.READ and reference.variable.scope == "env"
            flow = reference.flow if is_read else None
            words = (_in_code(reference, flow) or _in_key(reference, flow, keys)) if flow is not None else ""
            for there in reads_elsewhere(project, facts.path, reference) if flow and not words else ():
                if there is not None and there[1].flow is not None:
                    words = words or _in_code(
                        reference, there[1].flow, f" at {place_of_read(project, there)}"
                    )
                yield None
            if words and flow and (distinguishes(flow) or reference.variable not in told_apart):
                span, variable = reference.span, reference.variable
                yield Finding(NAME, Severity.INFORMATION, words, facts.path, span, variable)
    elif facts.kind == "dotenv":
        by_prefix = list(_in_env_file(facts, project))
        yield from by_prefix
        spoken = {finding.span for finding in by_prefix}
        for one in wrong_values(NAME, facts, project):
            yield one if one is not None and one.span not in spoken else None


def _in_code(reference: Reference, flow: Flow, at: str = "") -> str:
    """The message about code that tests the truth of a string, `at` another place; empty if nothing is wrong."""
    name = reference.variable.name
    if name == PARSED_BY_FLASK or flow.type is not None:
        return ""
    if is_tested_for_truth(flow) and (looks_like_switch(name) or is_switch_by_default(flow)):
        return f"Every non-empty string is true: {name}=False would count as true{at}, too"
    for use in flow.uses:
        if use.kind == "compare" and use.against and set(use.against) <= {"bool", "number"}:
            return f"{name} is a string if it is set, and never equals a {use.against[0]}{at}"
    return ""


def _in_key(reference: Reference, flow: Flow, keys: Mapping[Span, Definition]) -> str:
    """The message about a string that becomes, unchanged, a Flask key that is a bool.

    Empty if it is right.
    """
    name, default = reference.variable.name, flow.default
    if name == PARSED_BY_FLASK or default is None or default.kind != "bool" or distinguishes(flow):
        return ""
    for definition in keys_given(keys, flow):
        key = definition.variable.name
        known = flask_key(key)
        is_bool = known.type in BOOL if known is not None else _is_switch(name, key, flow)
        if is_bool and key not in raising_keys():
            what = "count as true, too" if name == key else f"turn {key} on, too"
            return f"Every non-empty string is true: {name}=False would {what}"
    return ""


def _is_switch(name: str, key: str, flow: Flow) -> bool:
    return looks_like_switch(name) or looks_like_switch(key) or is_switch_by_default(flow)


def _in_env_file(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """Findings for words that mean false but are not JSON."""
    for wrong in wrong_lines(facts, project):
        one = wrong.definition
        if wrong.truth:
            edit = wrong.as_json and one.value_span and TextEdit(one.value_span, "false")
            fixes = (replace_text(facts.path, edit, "Write false in lower case"),) if edit else ()
            yield Finding(NAME, wrong.severity, wrong.words, facts.path, one.span, one.variable, fixes)


_APP = "-- app.py --\nimport os\n"
_CONFIG = (
    "-- main.py --\nfrom app import Config\nfrom flask import Flask\nFlask('shop').config.from_object(Config)\n"
    "-- app.py --\nimport os\nclass Config:\n"
)

STRING_TRUTHINESS = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="A value that means “no” counts as true, because every non-empty string is true.",
    what="""\
In env files, as a warning: `False`, `no` or `off` (and `0` for a variable that is a switch) where the code
tests the truth of the string, as in `if os.getenv("DEBUG"):`, `bool(…)` or through a Flask configuration
key, or only asks whether a switch is set (`os.getenv("USE_TLS") is not None`); `true` where the code compares with `"True"`; and a word other than `false` that means “no”, for a
variable that `app.config.from_prefixed_env()` reads, because it parses values as JSON.
In code, as information: `if os.getenv("DEBUG"):` and `bool(os.getenv("DEBUG"))` for a variable whose name
or default shows that it is a switch, a string that is compared with `True` or with a number, and a string that becomes a Flask configuration key
that is a bool, as in `MAIL_USE_TLS = os.getenv("MAIL_USE_TLS", True)`. For other
variables, `if` and `bool()` are a valid test for whether they are set. `FLASK_DEBUG` is not reported,
because the `flask` command understands these words. A value that a module or a class keeps under a name is
followed into the files that import it: `DEBUG = os.getenv("DEBUG")` in `settings.py`, `if settings.DEBUG:` elsewhere.""",
    why="""\
Every string except the empty one is true, including `"False"` and `"0"`, so the feature stays on. Compare
with words instead: `os.getenv("DEBUG", "").lower() in ("true", "1", "yes")`. The fix in an env file leaves
the value empty.""",
    run=_run,
    about=Subject.ENV_FILE | Subject.READS,
    silent=(
        Example('import os\nbool(os.getenv("SENTRY_DSN"))\n', note="a test for whether it is set"),
        Example(
            "import os\ntls = os.getenv('MAIL_USE_TLS', '').lower() == 'true' if os.getenv('MAIL_USE_TLS') else None\n",
            note="the code looks at the word if it is set",
        ),
        Example(
            "-- .env --\nUSE_TLS=false\n-- app.py --\nimport os\n"
            "tls = os.getenv('USE_TLS', '').lower() == 'true' if os.getenv('USE_TLS') else None\n",
            note="the code looks at the word if it is set",
        ),
        Example('import os\nos.getenv("DEBUG") == "1"\nint(os.getenv("DEBUG", "0"))\n'),
        Example(
            "-- .env --\nFLASK_A=false\nFLASK_B=True\nOTHER=False\n-- app.py --\nfrom flask import Flask\n"
            "app = Flask(__name__)\napp.config.from_prefixed_env()\n",
            note="JSON; true either way; another prefix",
        ),
        Example("-- .env --\nFLASK_A=False\n", note="nothing parses it as JSON"),
        Example(
            "-- .env --\nFLASK_DEBUG=False\nFLASK_PREFERRED_URL_SCHEME=off\n-- app.py --\nfrom flask import Flask\n"
            "app = Flask(__name__)\napp.config.from_prefixed_env()\n",
            note="the flask command understands the word; a key that is a string",
        ),
        Example(
            f"{_CONFIG}    MAIL_USE_TLS = os.getenv('TLS', 'yes') == 'yes'\n    DATA = os.getenv('DATA', False)\n",
            note="compared; not a switch",
        ),
        Example(
            'import os\nif os.getenv("CORS_ALLOW_HEADERS"):\n    pass\n',
            note="not a switch: it contains names",
        ),
        Example(
            'import os\nif os.getenv("SMTP_CREDENTIALS", False):\n    pass\n',
            note="a test for whether it is set",
        ),
        Example(
            'import os\nif os.getenv("FLASK_DEBUG"):\n    pass\n',
            note="the flask command understands these words",
        ),
        Example(
            f"-- .env --\nUSE_A=True\nUSE_B=False\nC=False\nUSE_D=False\nUSE_E=False\nUSE_F=False\n{_APP}a = os.getenv('USE_A') is not None\n"
            "if os.getenv('USE_B') is not None:\n    b = os.environ['USE_B'] == 'True'\nc = os.getenv('C') is not None\n"
            "d = os.getenv('USE_D')\nd = d is not None and d.lower() == 'true'\ne = os.getenv('USE_E')\nif e is not None:\n    print(e)\n"
            "f = os.getenv('USE_F') is None\n",
            note="true, not a switch, or more than a test for whether it is set",
        ),
        Example(f'-- .env --\nWORKERS=0\n{_APP}if os.getenv("WORKERS"):\n    pass\n', note="not a switch"),
        Example(
            f'-- .env --\nA=False\n{_APP}os.getenv("A", "").lower() == "true"\n', note="compared with words"
        ),
        Example(f'-- .env --\nA=yes\n{_APP}os.getenv("A") in ("yes", "auto")\n'),
        Example(
            f'-- .env --\nA=1\n{_APP}a = os.getenv("A")\nx = a == "true" or a == "1"\n',
            note="both words are handled",
        ),
        Example(f'-- .env --\nA=False\n{_APP}a = os.getenv("A")\nif a:\n    x = a.lower() == "true"\n'),
        Example(
            "-- .env --\nA=no\n-- app.py --\nimport os\ndef get(name):\n    value = os.getenv(name)\n    if not value:\n"
            "        raise KeyError(name)\n    return value\nget('A')\n",
            note="a function that tests whether it is set",
        ),
        Example(
            f'-- .env --\nA=off\n{_APP}a = os.getenv("A")\nif a == "true":\n    x = 1\nelif a == "false":\n    x = 2\n',
            note="the code handles other words separately",
        ),
        Example(f'-- .env --\nA=true\n{_APP}os.getenv("A") == "auto"\n', note="not a word for yes or no"),
    ),
    examples=(
        Example(
            f'-- .env --\nDEBUG=False\n{_APP}debug = os.getenv("DEBUG")\nprint(repr(debug))\nif debug:\n    pass\n',
            (
                ".env:1:1 warning DEBUG means no here, but app.py:2 treats it as true, like every non-empty string [fix: Leave DEBUG empty]",
                "app.py:2:20 information Every non-empty string is true: DEBUG=False would count as true, too",
            ),
            note="printing it changes nothing",
        ),
        Example(
            f"-- .env --\nMAIL_USE_TLS=False\n{_APP}MAIL_USE_TLS = os.environ.get('MAIL_USE_TLS') is not None\n",
            (
                ".env:1:1 warning MAIL_USE_TLS means no here, but app.py:2 treats it as true, because it is set",
            ),
            "a switch that is on if the variable is set",
        ),
        Example(
            'import os\nbool(os.getenv("DEBUG"))\n',
            ("app.py:2:17 information Every non-empty string is true: DEBUG=False would count as true, too",),
        ),
        Example(
            'import os\nx = bool(os.environ.get("SEND", "False"))\n',
            ("app.py:2:26 information Every non-empty string is true: SEND=False would count as true, too",),
        ),
        Example(
            'import os\nif os.getenv("USE_TLS"):\n    pass\n',
            (
                "app.py:2:15 information Every non-empty string is true: USE_TLS=False would count as true, too",
            ),
        ),
        Example(
            'import os\nos.getenv("A", True) is True\n',
            ("app.py:2:12 information A is a string if it is set, and never equals a bool",),
            "false as soon as A is set",
        ),
        Example(
            f"{_CONFIG}    MAIL_USE_TLS = os.getenv('TLS', True)\n    USE_REDIS = os.getenv('USE_REDIS', False)\n",
            (
                "app.py:3:31 information Every non-empty string is true: TLS=False would turn MAIL_USE_TLS on, too",
                "app.py:4:28 information Every non-empty string is true: USE_REDIS=False would count as true, too",
            ),
            "a key that is a bool",
        ),
        Example(
            "-- .env --\nLOG=True\n-- app.py --\nimport os\ndef flag(name):\n    return os.getenv(name, '') == 'true'\n"
            "flag('LOG')\n",
            (
                ".env:1:1 warning LOG means yes here, but app.py:4 treats it as the opposite: it compares with 'true' [fix: Write true]",
            ),
            "through a wrapper function",
        ),
        Example(
            f'-- .env --\nLOG=off\n{_APP}if os.getenv("LOG"):\n    pass\n',
            (
                ".env:1:1 warning LOG means no here, but app.py:2 treats it as true, like every non-empty string [fix: Leave LOG empty]",
            ),
        ),
        Example(
            f'-- .env --\nDEBUG=0\n{_APP}debug = os.getenv("DEBUG")\nprint(1 if debug else 2)\n',
            (
                ".env:1:1 warning DEBUG means no here, but app.py:2 treats it as true, like every non-empty string [fix: Leave DEBUG empty]",
                "app.py:2:20 information Every non-empty string is true: DEBUG=False would count as true, too",
            ),
        ),
        Example(
            f'-- .env --\nA=true\n{_APP}os.getenv("A") == "True"\n',
            (
                ".env:1:1 warning A means yes here, but app.py:2 treats it as the opposite: it compares with 'True' [fix: Write True]",
            ),
            "off, although the file says on",
        ),
        Example(
            f"-- .env --\nA=off\n{_APP}from flask import Flask\napp = Flask(__name__)\n"
            'app.config["KEY"] = os.getenv("A")\nif app.config["KEY"]:\n    pass\n',
            (
                ".env:1:1 warning A means no here, but app.py:5 treats it as true, like every non-empty string [fix: Leave A empty]",
            ),
            "through a Flask configuration key",
        ),
        Example(
            '-- .env --\nFLASK_A=False\nFLASK_B="off"\n-- app.py --\nfrom flask import Flask\n'
            "app = Flask(__name__)\napp.config.from_prefixed_env()\n",
            (
                ".env:1:1 information from_prefixed_env parses FLASK_A as JSON; this is not JSON, so it stays a string, which is true [fix: Write false in lower case]",
                ".env:2:1 information from_prefixed_env parses FLASK_B as JSON; this is not JSON, so it stays a string, which is true [fix: Write false in lower case]",
            ),
        ),
    ),
)
