"""undeclared-variable: code reads a variable that the template or app.json should list."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from configvars.catalog import lookup, never_missing
from configvars.checks import fixes
from configvars.checks.auxiliary import is_auxiliary
from configvars.checks.base import Check
from configvars.checks.either_of import others_of
from configvars.checks.env_secrets import everybody_has
from configvars.checks.missing import has_reads
from configvars.checks.prefixes import is_key_of_its_own
from configvars.checks.reported_once import is_reported_before
from configvars.checks.subjects import Subject
from configvars.checks.switches import is_for_tests
from configvars.checks.wording import joined
from configvars.flask.needs import NONE_BEHIND
from configvars.index import LocatedReference
from configvars.model import Access, Example, FileFacts, Finding, Fix, Need, Reference, Severity, Variable
from configvars.project import Project
from configvars.runs.alternatives import alternatives
from configvars.runs.givers import among, declaring_files, givers, is_test
from configvars.runs.heroku_files import brought
from configvars.secret import Secret

NAME = "undeclared-variable"
_PREFIXED = "from_prefixed_env"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if not has_reads(facts) or is_auxiliary(project, facts):
        return
    # If the code is compared with templates instead of env files, `missing-variable` reports required variables.
    is_judged = givers(project, facts.path).stand_in
    needs = {Need.OPTIONAL, *(() if is_judged else (Need.REQUIRED,))}
    first: dict[Variable, Reference] = {}
    text = (project.text_of(facts.path) or "") if facts.references else ""
    for reference in facts.references:
        is_none = reference.need is Need.OPTIONAL and NONE_BEHIND.match(text, reference.span.end)
        is_own = reference.idiom != _PREFIXED or is_key_of_its_own(project, facts.path, reference)
        if reference.need in needs and reference.variable.scope == "env" and not is_none and is_own:
            first.setdefault(reference.variable, reference)
    if not first:
        return
    is_brought = brought(project, facts.path)
    additions = fixes.Additions(project)
    declaring = {path: _declared(path, project) for path in declaring_files(project, facts.path)}
    told: set[str] = set()
    others = others_of(facts, text)
    for variable, found in first.items():
        reference = replace(found, instead=(*found.instead, *others.get(found.span, ())))
        lacking = _lacking(reference, declaring, project)
        if not lacking or _known(variable, project) or is_brought(variable.name):
            continue
        if any(name in told for name in reference.instead):
            continue
        if is_judged and _is_required(variable, lacking, project):
            continue
        if not _is_said_before(variable, facts.path, lacking, project):
            told.add(variable.name)
            offered = tuple(additions.declare_in(lacking, reference.variable.name))
            finding = _finding(facts.path, reference, lacking, offered, project)
            is_needed = reference.need is Need.REQUIRED or _is_required(variable, lacking, project)
            yield finding if is_needed else replace(finding, severity=Severity.HINT)


def _lacking(
    reference: Reference, declaring: Mapping[str, Callable[[Reference], bool]], project: Project
) -> tuple[str, ...]:
    """The files that should list the variable of a read. Of several templates, one is enough."""
    lists = {path: any(map(declares, alternatives(reference))) for path, declares in declaring.items()}
    is_in_template = any(lists[path] for path in lists if not _is_app_json(path))
    return tuple(
        path
        for path, is_listed in lists.items()
        if not is_listed
        and (_is_app_json(path) or not is_in_template)
        and _should_declare(path, reference, project)
    )


def _is_app_json(path: str) -> bool:
    return os.path.basename(path) == "app.json"


def _is_required(variable: Variable, lacking: tuple[str, ...], project: Project) -> bool:
    """Whether another read, for which these files should list the variable, fails without it."""
    return any(
        found.reference.need is Need.REQUIRED
        and not is_test(project, found.path)
        and set(lacking) <= set(declaring_files(project, found.path))
        for found in project.index.references(variable)
    )


def _is_said_before(variable: Variable, path: str, lacking: tuple[str, ...], project: Project) -> bool:
    def is_alike(other: LocatedReference) -> bool:
        return set(lacking) <= set(declaring_files(project, other.path))

    return is_reported_before(variable, path, project, is_alike)


def _declared(path: str, project: Project) -> Callable[[Reference], bool]:
    """Whether a template or manifest lists the variable of a read."""
    facts = project.index.files[path]
    names = [definition.variable.name for definition in facts.definitions]
    is_listed = among(names)

    def declares(read: Reference) -> bool:
        item = f"{read.variable.name}__"  # `from_prefixed_env` sets a key item by item
        is_set_by_item = read.idiom == _PREFIXED and any(name.startswith(item) for name in names)
        return is_listed(read) or is_set_by_item or Secret(read.variable.name) in facts.concealed

    return declares


def _should_declare(path: str, reference: Reference, project: Project) -> bool:
    """Whether it belongs in the file: app.json lists what is required, templates what not everybody has."""
    if _is_app_json(path):
        return reference.need is Need.REQUIRED
    definitions = project.index.definitions(reference.variable)
    return not any(everybody_has(each.path, project) for each in definitions)


def _known(variable: Variable, project: Project) -> bool:
    """Whether the platform, an add-on, the code itself or only tests set the variable."""
    written = any(
        found.reference.access is Access.WRITE and not is_test(project, found.path)
        for found in project.index.references(variable)
    )
    name = variable.name
    return written or is_for_tests(name) or never_missing(name) or lookup(name) is not None


def _finding(
    path: str, found: Reference, lacking: tuple[str, ...], offered: tuple[Fix, ...], project: Project
) -> Finding:
    name = found.variable.name
    where = joined((project.relative(each) for each in lacking), "or")
    return Finding(
        NAME,
        Severity.INFORMATION,
        f"{name} is read here but not listed in {where}",
        path,
        found.span,
        found.variable,
        offered,
        clause=f"not listed in {where}",
    )


_APP = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"

UNDECLARED_VARIABLE = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="The code reads a variable that the template or app.json does not list.",
    what="""\
There is a template (`.env.example` or similar) or an `app.json`, and it lacks a variable that the code reads without a default and
without spelling out `None`; of several templates in a folder, and of several variables of which one is enough (`os.getenv("A") or
os.getenv("B")`), one is enough. Scripts, tools, tests and vendored code are ignored. A template should list all such variables,
`app.json` only those that the app cannot run without. The finding is placed at the first read; it is a hint if the code works
without the variable. Well-known variables of platforms and add-ons, and those for tests (`TESTING`, `TEST_…`), need not be listed.""",
    why="""\
Whoever sets up the app next, a colleague or Heroku's "Deploy" button, fills in the variables that these
files list, and discovers the others when something fails.""",
    run=_run,
    about=Subject.READS,
    silent=(
        Example(
            "-- .env.example --\nA=1\n-- app.py --\nimport os\nos.environ.get('B') or None\n",
            note="None is written out",
        ),
        Example('import os\nos.environ["A"]\n', note="no template"),
        Example(
            f"-- .env.example --\nFLASK_BINDS__a=\n{_APP}app.config.from_prefixed_env()\n"
            "print(app.config['PREFERRED_URL_SCHEME'], app.config.get('BINDS'))\n",
            note="from_prefixed_env: a key that Flask sets, and one that is listed item by item",
        ),
        Example(
            f"-- .env.example --\nA=\n{_APP}print(app.config.get('MATOMO_ID'))\n-- tests/test_app.py --\n"
            "from app import app\napp.config.from_prefixed_env()\n",
            note="only a test calls from_prefixed_env",
        ),
        Example('-- .env.example --\nA=\n-- app.py --\nimport os\nos.environ["A"]\n'),
        Example('-- .env.example --\n# A=1\n-- app.py --\nimport os\nos.getenv("A")\n', note="commented out"),
        Example(
            "-- .env.example --\nA=\n-- backend/.env.example --\nB=\n-- backend/app/config.py --\n"
            "from pydantic_settings import BaseSettings, SettingsConfigDict\nclass S(BaseSettings):\n"
            '    model_config = SettingsConfigDict(env_file=".env")\n    b: str\n',
            note="the template next to the program",
        ),
        Example(
            "-- .env.example --\nA=\n-- .flaskenv --\nMODE=dev\n-- app.py --\nimport os\nos.getenv('MODE')\n",
            note="`.flaskenv` sets it for everybody",
        ),
        Example(
            "-- .env.example --\nPGHOST=\n-- app.py --\nfrom pydantic import AliasChoices, Field\n"
            "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    host: str = Field(None, "
            'validation_alias=AliasChoices("PG_HOST", "PGHOST"))\n',
            note="another variable of the same field is listed",
        ),
        Example(
            "-- .env.example --\nA=\n-- .env.production.example --\nB=\n-- .env.production --\nC=\n"
            '-- app.py --\nimport os\nos.getenv("B")\n',
            note="one of several templates",
        ),
        Example(
            "-- .env.example --\nA=\n# MAIL_USER=\n-- app.py --\nimport os\n"
            'os.environ.get("OLD_A") or os.environ.get("A")\nos.getenv("MAIL_FROM", os.getenv("MAIL_USER"))\n'
            'os.getenv("A", os.getenv("OLDER_A"))\n',
            note="one of two variables is enough",
        ),
        Example('-- .env.example --\nA=\nb.c=1\n-- app.py --\nimport os\nos.environ["b.c"]\n'),
        Example(
            '-- .env.example --\nA=\n-- app.py --\nimport os\nos.getenv("B", "x")\n', note="with a default"
        ),
        Example(
            '-- .env.example --\nA=\n-- app.py --\nimport os\nos.getenv("TESTING"), os.getenv("DB_TEST_URL")\n',
            note="only for tests",
        ),
        Example(
            '-- .env.example --\nA=\n-- app.py --\nimport os\nos.getenv("B", None)\n',
            note="an explicit None",
        ),
        Example('-- .env.example --\nA=\n-- app.py --\nimport os\nos.environ["DATABASE_URL"]\n'),
        Example(
            '-- app.json --\n{"env": {"A": ""}}\n-- app.py --\nimport os\nif os.getenv("B"): pass\n',
            note="the app works without it",
        ),
        Example(
            '-- app.json --\n{"env": {"A": ""}, "addons": [{"plan": "heroku-redis", "as": "CACHE"}, "fast-db"]}\n'
            '-- app.py --\nimport os\nos.environ["CACHE_URL"], os.environ["FAST_DB_KEY"]\n',
            note="add-ons set them",
        ),
        Example(
            '-- app.json --\n{"env": {"A": ""}, "buildpacks": [{"url": "heroku/nodejs"}]}\n'
            '-- app.py --\nimport os\nos.environ["NODE_HOME"]\n',
            note="a buildpack sets it",
        ),
        Example(
            "-- .env.example --\nA=\n-- heroku.yml --\nsetup:\n  config:\n    S3_BUCKET: shop\n"
            '-- app.py --\nimport os\nos.environ["S3_BUCKET"]\n',
            note="heroku.yml sets it",
        ),
        Example(
            "-- .env.example --\nA=\n-- scripts/load.py --\nimport os\nos.environ['B']\n-- run.sh --\necho $C\n"
        ),
    ),
    examples=(
        Example(
            '-- .env.example --\nA=\n-- app.py --\nimport os\nx = os.getenv("B") or os.getenv("C")\n'
            'y = os.getenv("A") or x\nz = os.getenv("D")\n',
            (
                "app.py:2:34 hint C is read here but not listed in .env.example [fix: Add C to .env.example]",
                "app.py:4:16 hint D is read here but not listed in .env.example [fix: Add D to .env.example]",
            ),
            note="the last of two variables of which one is enough",
        ),
        Example(
            f"-- .env.example --\nA=\n{_APP}app.config.from_prefixed_env()\nprint(app.config.get('MATOMO_ID'))\n",
            (
                "app.py:4:23 hint FLASK_MATOMO_ID is read here but not listed in .env.example [fix: Add FLASK_MATOMO_ID to .env.example]",
            ),
        ),
        Example(
            '-- .env.example --\nA=\n-- app.py --\nimport os\nos.environ["B"]\nos.environ["B"]\n'
            '-- views.py --\nimport os\nos.environ["B"]\n',
            (
                "app.py:2:13 information B is read here but not listed in .env.example [fix: Add B to .env.example]",
            ),
        ),
        Example(
            '-- app.json --\n{"env": {"A": ""}}\n-- app.py --\nimport os\nos.environ["B"]\n',
            ("app.py:2:13 information B is read here but not listed in app.json [fix: Add B to app.json]",),
        ),
        Example(
            '-- .env.example --\nA=\n-- app.json --\n{"env": {"A": ""}}\n-- app.py --\nimport os\nos.environ["B"]\n',
            (
                "app.py:2:13 information B is read here but not listed in .env.example or app.json [fix: Add B to .env.example; Add B to app.json]",
            ),
        ),
        Example(
            '-- .env.example --\nA=\n-- app.py --\nimport os\nos.environ["B"]\n'
            '-- tests/conftest.py --\nimport os\nos.environ["B"] = "x"\n',
            (
                "app.py:2:13 information B is read here but not listed in .env.example [fix: Add B to .env.example]",
            ),
            note="set only in a test",
        ),
    ),
)
