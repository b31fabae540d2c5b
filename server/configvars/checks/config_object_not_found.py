"""config-object-not-found: a string that `from_object` loads names nothing in this folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from configvars.checks.base import Check
from configvars.checks.config_files_elsewhere import astray_in_code, astray_in_env_file
from configvars.checks.flask_project import steps_of
from configvars.checks.import_strings import Lack, lack_of
from configvars.checks.opened_as_text import opened_as_text
from configvars.checks.subjects import Subject
from configvars.checks.tried_callers import may_be_handled
from configvars.flask_model import ConfigStep
from configvars.model import Example, FileFacts, Finding, Place, Severity, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import is_env_file
from configvars.runs.givers import is_test
from configvars.text import Span

NAME = "config-object-not-found"
_HOLE = "*"
_RAISES = "from_object raises ImportStringError"
_STRING = r"[\"'](?P<text>[\w.:]+)[\"']"
_ONLY_STRING = lazy_pattern(rf"[^()]*\(\s*(?:obj\s*=\s*)?{_STRING}\s*,?\s*\)", re.ASCII)
_ANY_STRING = lazy_pattern(_STRING, re.ASCII)
_VARIABLE = lazy_pattern(r"[^()]*\(\s*(?:os\.)?(?:environ\s*\[|environ\.get\(|getenv\()", re.ASCII)
_DOTTED = lazy_pattern(r"[A-Za-z_]\w*(?:\.\w+)*(?:[.:]\w+)", re.ASCII)


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if project.partial or is_test(project, facts.path):
        return
    if is_env_file(facts.path, project.index.files):
        yield from _in_env_file(facts, project)
        return
    if facts.flask.flows:
        for one in astray_in_code(facts.path, project):
            yield Finding(NAME, one.severity, one.message, facts.path, one.span)
    yield from opened_as_text(NAME, facts, project)
    text = project.text_of(facts.path) if facts.flask.flows else None
    for step in _loads(facts) if text is not None else ():
        lacks = {dotted: lack_of(project, facts.path, dotted) for dotted in step.feed.strings}
        of_all = {dotted: lack for dotted, lack in lacks.items() if lack is not None and _HOLE in dotted}
        for dotted, lack in (of_all or lacks).items():
            if lack is not None and not may_be_handled(project, facts.path, step.span.start):
                yield _in_code(facts.path, step, dotted, lack, text or "")


def _in_code(path: str, step: ConfigStep, dotted: str, lack: Lack, text: str) -> Finding:
    """A warning where the call certainly fails; information for a default, or for a call under a condition."""
    call = step.span.of(text)
    written = (each for each in _ANY_STRING.finditer(call) if each["text"].replace(":", ".") == dotted)
    found = next(written, None)
    span = step.span
    if found is not None:
        span = Span(step.span.start + found.start("text"), step.span.start + found.end("text"))
    is_whole = _HOLE in dotted or _ONLY_STRING.fullmatch(call) is not None
    is_certain = is_whole and not step.conditional and lack.is_certain
    severity = Severity.WARNING if is_certain else Severity.INFORMATION
    return Finding(NAME, severity, f"{lack.words}: {_RAISES}", path, span)


def _in_env_file(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """The lines of an env file whose value `from_object` loads and that name nothing."""
    own = (project.text_of(facts.path) or "") if facts.definitions else ""
    for line, one in astray_in_env_file(list(facts.definitions), own, project):
        at = ((one.call, "It is loaded here"),)
        yield Finding(NAME, one.severity, one.message, facts.path, one.span, line.variable, related=at)
    named = project.remembered("variables that name objects", lambda: _named_by_variables(project))
    lines = [each for each in facts.definitions if each.variable in named]
    text = (project.text_of(facts.path) or "") if lines else ""
    for line in lines:
        value = line.value_span.of(text) if line.value_span is not None else ""
        if not _DOTTED.fullmatch(value):
            continue
        place = named[line.variable]
        lack = lack_of(project, place.path, value.replace(":", "."))
        if lack is not None:
            severity = Severity.WARNING if lack.is_certain else Severity.INFORMATION
            message = f"{line.variable.name} names nothing that exists here, because {lack.why}: {_RAISES}"
            related = ((place, "It is loaded here"),)
            yield Finding(NAME, severity, message, facts.path, line.span, line.variable, related=related)


def _named_by_variables(project: Project) -> Mapping[Variable, Place]:
    """The variables whose values `from_object` loads as they are, each with the place of the call."""
    found: dict[Variable, Place] = {}
    for path, facts in sorted(project.index.files.items()):
        if not facts.flask.flows or is_test(project, path):
            continue
        text = project.text_of(path) or ""
        for step in _loads(facts):
            start = _VARIABLE.match(step.span.of(text))
            after = step.span.start + start.end() if start is not None else step.span.end
            reads = (r for r in facts.references if r.variable.scope == "env")
            for read in reads:
                if start is not None and read.span.start - after in (0, 1):
                    found.setdefault(read.variable, Place(path, step.span))
    return found


def _loads(facts: FileFacts) -> Iterator[ConfigStep]:
    return (step for _, step in steps_of(facts) if step.method == "from_object")


_APP = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
_CONFIG = "-- config.py --\nclass Dev:\n    SECRET_KEY = 'x'\n"
_PROD = f"{_APP}app.config.from_object('config.Prod')\n"
_BY_VARIABLE = f"{_CONFIG}{_APP}import os\napp.config.from_object(os.environ['APP_SETTINGS'])\n"

CONFIG_OBJECT_NOT_FOUND = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A call that loads the configuration names nothing that exists, or cannot read its file.",
    what="""\
`app.config.from_object("config.Prod")`, where the module `config` has no name `Prod`, where a package has no such
module, or where no module `config` exists. The same for a line of an env file, if its variable is passed to
`from_object`: `APP_SETTINGS=config.Prod`. A string can name a module or something directly in a module; a class
inside a class cannot be loaded by a string.
`from_pyfile` and `from_envvar` look for a relative path in the folder of the app's module, not in the working
directory. The check reports a path that leads to no file there, but to one from the top folder.
`from_file` with `tomllib.load` needs `text=False`, because it opens the file as text otherwise.
This is information where the string is only a default or the call is under a condition, and where the whole
module is missing, because it may be installed. Not reported: calls inside `try`, also of the function around or of an
import of its module, in tests, modules that the
requirements or other imports mention, modules that git ignores or that a template in the folder stands for, and
modules with a star import or `__getattr__`.""",
    why="""\
Flask imports the string when the line runs. If the import fails, it raises `ImportStringError`, usually while the
app starts. There is no fix for a wrong string, because either the string or the class may have the wrong name.""",
    run=_run,
    about=Subject.ENV_FILE | Subject.STEPS,
    silent=(
        Example(f"-- config.py --\nclass Prod:\n    pass\n{_PROD}", note="a class without keys"),
        Example(f"-- config.py --\nfrom base import *\n{_PROD}", note="a star import"),
        Example(
            f"-- config/prod.py --\nA = 1\n-- config/__init__.py --\n{_APP}app.config.from_object('config.prod')\n"
        ),
        Example(f"{_CONFIG}{_APP}app.config.from_object('config:Dev')\n", note="a colon"),
        Example(
            f"{_CONFIG}{_APP}try:\n    app.config.from_object('config.Prod')\nexcept ImportError:\n    pass\n",
            note="the code handles it",
        ),
        Example(
            f"{_CONFIG}-- app.py --\nfrom flask import Flask\ndef create_app():\n    app = Flask(__name__)\n"
            "    app.config.from_object('config.Prod')\n    return app\n"
            "-- wsgi.py --\nfrom app import create_app\ntry:\n    app = create_app()\nexcept ImportError:\n    app = None\n",
            note="the caller handles it",
        ),
        Example(
            "-- app.py --\nfrom flask import Flask\nimport tomllib\ndef create_app():\n    app = Flask(__name__)\n"
            "    app.config.from_file('a.toml', load=tomllib.load)\n    return app\n"
            "-- wsgi.py --\nfrom app import create_app\ntry:\n    app = create_app()\nexcept TypeError:\n    app = None\n",
            note="the caller handles what from_file raises",
        ),
        Example(
            f"-- config.py --\nclass DevConfig: ...\n{_APP}import os\n"
            "app.config.from_object(f\"config.{os.environ['STAGE']}Config\")\n",
            note="a class that fits",
        ),
        Example(f"-- requirements.txt --\nshop-config\n{_APP}app.config.from_object('shop_config.Prod')\n"),
        Example(
            f"{_APP}import json, tomllib, yaml\napp.config.from_file('a.toml', tomllib.load, text=False)\n"
            "app.config.from_file('a.toml', load=tomllib.load, silent=True, text=not True)\n"
            "app.config.from_file('a.json', load=json.load)\napp.config.from_file('a.yaml', yaml.safe_load)\n"
            "try:\n    app.config.from_file('a.toml', load=tomllib.load)\nexcept TypeError:\n    pass\n",
            note="a binary file, functions that read text, and a handled exception",
        ),
        Example(f"{_APP}app.config.from_object('superset.config')\n", note="perhaps an installed package"),
        Example(
            f"{_APP}import config\napp.config.from_object('config.Prod')\n", note="imported, so installed"
        ),
        Example(
            f"-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\n/config.py\n{_PROD}",
            note="git ignores the module",
        ),
        Example(f"-- config.py.example --\nclass Prod: ...\n{_PROD}", note="a template of the module"),
        Example(
            "-- src/config.py --\nA = 1\n-- lib/app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
            "app.config.from_object('config.Prod')\n",
            note="a module that is found from another folder",
        ),
        Example(f"-- tests/test_app.py --\n{_PROD.partition(chr(10))[2]}{_CONFIG}", note="a test"),
        Example(
            "-- .env --\nSHOP=dev.cfg\nOTHER=/srv/dev.cfg\n-- dev.cfg --\nA = 1\n-- a.cfg --\n-- shop/a.cfg --\n-- shop/__init__.py --\n"
            "from flask import Flask\nimport os\napp = Flask(__name__, root_path=os.getcwd())\napp.config.from_envvar('SHOP')\n"
            "two = Flask('shop')\ntwo.config.from_pyfile('dev.cfg')\nfour = Flask(__name__)\nfour.config.from_envvar('OTHER')\n"
            "four.config.from_pyfile('a.cfg')\nfour.config.from_pyfile('gone.cfg')\ntry:\n    four.config.from_pyfile('dev.cfg')\n"
            "except OSError:\n    pass\n",
            note="a folder that is not known, a file that is there, or nowhere, and a handled exception",
        ),
        Example(f"-- .env --\nAPP_SETTINGS=config.Dev\n{_BY_VARIABLE}"),
        Example(f"-- .env --\nAPP_SETTINGS=production\n{_BY_VARIABLE}", note="no dotted name"),
        Example(
            f"-- .env --\nAPP_SETTINGS=Prod\n{_CONFIG}{_APP}import os\n"
            "app.config.from_object(f\"config.{os.environ['APP_SETTINGS']}\")\n",
            note="a part of the name",
        ),
    ),
    examples=(
        Example(
            f"{_APP}import tomllib\napp.config.from_file('a.toml', load=tomllib.load)\n-- a.toml --\nA = 1\n",
            (
                "app.py:4:1 warning from_file opens the file as text, but tomllib.load needs a binary file: this raises TypeError. Add text=False [fix: Open it as binary: text=False]",
            ),
            note="a TOML file that is opened as text",
        ),
        Example(
            f"{_APP}import os, tomllib\nif os.path.exists('a.toml'):\n    app.config.from_file('a.toml', load=tomllib.load)\n",
            (
                "app.py:5:5 information from_file opens the file as text, but tomllib.load needs a binary file: this raises TypeError. Add text=False [fix: Open it as binary: text=False]",
            ),
            note="only under a condition",
        ),
        Example(
            "-- .env --\nSHOP=config/dev.cfg\n-- config/dev.cfg --\nA = 1\n-- shop.cfg --\nB = 1\n-- shop/__init__.py --\n"
            "from flask import Flask\napp = Flask(__name__)\napp.config.from_envvar('SHOP')\n"
            "app.config.from_pyfile('shop.cfg', silent=True)\n",
            (
                ".env:1:1 warning SHOP: from_envvar looks for shop/config/dev.cfg, in the folder of the app, but the file is config/dev.cfg: this raises FileNotFoundError [see shop/__init__.py:3:1: It is loaded here]",
                "shop/__init__.py:4:1 information from_pyfile looks for shop/shop.cfg, in the folder of the app, but the file is shop.cfg: this loads nothing",
            ),
            note="paths that are relative to another folder",
        ),
        Example(
            f"{_CONFIG}{_APP}import os\nstage = os.environ['STAGE']\n"
            "app.config.from_object(f'config.{stage}Config')\n",
            (
                "app.py:5:1 warning config.py has no name that matches *Config: from_object raises ImportStringError",
            ),
            note="a partly known name",
        ),
        Example(
            f"{_CONFIG}{_APP}try:\n    def load():\n        app.config.from_object('config.Prod')\nexcept ImportError:\n    pass\n",
            ("app.py:5:33 warning config.py has no Prod: from_object raises ImportStringError",),
            note="a function whose definition is inside `try`",
        ),
        Example(
            f"{_CONFIG}{_PROD}",
            ("app.py:3:25 warning config.py has no Prod: from_object raises ImportStringError",),
        ),
        Example(
            f"-- config/__init__.py --\n-- config/dev.py --\nA = 1\n{_APP}app.config.from_object('config.prod.Prod')\n",
            (
                "app.py:3:25 warning there is no module prod in config/__init__.py: from_object raises ImportStringError",
            ),
            note="a module of a package",
        ),
        Example(
            "-- config.py --\nclass Config:\n    class Prod:\n        A = 1\n"
            f"{_APP}app.config.from_object('config.Config.Prod')\n",
            (
                "app.py:3:25 warning config.py is not a package, and a string can name only what is directly in a module: from_object raises ImportStringError",
            ),
            note="a class inside a class",
        ),
        Example(
            f"{_CONFIG}{_APP}import os\napp.config.from_object(os.getenv('APP_SETTINGS', 'config.Prod'))\n",
            ("app.py:4:51 information config.py has no Prod: from_object raises ImportStringError",),
            note="a default: information",
        ),
        Example(
            _PROD,
            ("app.py:3:25 information there is no module config: from_object raises ImportStringError",),
            note="no such module: information",
        ),
        Example(
            f"-- .env --\nAPP_SETTINGS=config.Prod\n{_BY_VARIABLE}",
            (
                ".env:1:1 warning APP_SETTINGS names nothing that exists here, because config.py has no such name: from_object raises ImportStringError [see app.py:4:1: It is loaded here]",
            ),
            note="named by a variable",
        ),
    ),
    of_all_files=True,
)
