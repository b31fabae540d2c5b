"""unused-variable: an env file sets a variable that nothing in the workspace reads."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from configvars.catalog.flask_keys import flask_key
from configvars.catalog.libraries import LibraryRead, is_of_library
from configvars.checks.base import Check
from configvars.checks.forbidden_variable import rejected
from configvars.checks.prefixes import flask_prefixes
from configvars.checks.subjects import Subject
from configvars.checks.unused_names import slips_in, unused_names
from configvars.flask.env_files_as_keys import is_taken_as_key
from configvars.flask.files import env_files_run_as_python
from configvars.model import Definition, Example, FileEdit, FileFacts, Finding, Fix, Severity, TextEdit
from configvars.project import Project
from configvars.runs.image_files import is_for_javascript, only_for_images
from configvars.runs.loaded import is_old_state

NAME = "unused-variable"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.path in env_files_run_as_python(project) or _is_shared(facts.path, project):
        return
    if facts.path in only_for_images(project) or is_for_javascript(project, facts.path):
        return
    if is_old_state(project, facts.path):
        return
    severity = Severity.HINT if _reads_unknown_names(project) else Severity.INFORMATION
    slips: Mapping[str, object] | None = None
    is_rejected = rejected(facts, project)
    seen: set[str] = set()
    for definition, unmentioned in unused_names(facts, project):
        if definition.variable.name in seen:
            continue
        seen.add(definition.variable.name)
        if is_taken_as_key(project, facts.path, definition.variable.name):
            continue
        if slips is None:
            slips = slips_in(facts, project)
        if definition.variable.name not in slips and not is_rejected(definition):
            prefixed = _prefixed(definition, facts, project)
            yield _finding(facts.path, definition, severity, unmentioned, prefixed)


def _is_shared(path: str, project: Project) -> bool:
    """Whether an env file is a link out of the folder, so that code elsewhere reads it, too."""
    target = project.link_target(path)
    return target is not None and not target.startswith(os.path.join(project.root, ""))


def _prefixed(definition: Definition, facts: FileFacts, project: Project) -> str:
    """The variable that would set the Flask key of this name, if `from_prefixed_env` sets keys; else empty."""
    name, prefixes = definition.variable.name, flask_prefixes(project)
    if len(prefixes) != 1 or flask_key(name) is None:
        return ""
    prefixed = f"{prefixes[0]}{name}"
    return "" if any(each.variable.name == prefixed for each in facts.definitions) else prefixed


def _reads_unknown_names(project: Project) -> bool:
    return project.answered("reads unknown names", lambda: any(project.index.each("dynamic").values()))


def _finding(
    path: str,
    definition: Definition,
    severity: Severity,
    unmentioned: tuple[LibraryRead, ...],
    prefixed: str,
) -> Finding:
    name = definition.variable.name
    message = f"Nothing in this workspace reads {name}"
    if prefixed:
        message += f": from_prefixed_env sets {name} from {prefixed}"
    who = next((each.called for each in unmentioned if is_of_library(name, each)), None)
    if who is not None:
        message = f"{who} reads {name}, but this project does not use {who}"
    fixes: tuple[Fix, ...] = ()
    if definition.statement is not None:
        edit = FileEdit(path, (TextEdit(definition.statement, ""),))
        fixes = (Fix(f"Remove {name}", (edit,)),)
    if prefixed:
        edit = FileEdit(path, (TextEdit(definition.span, prefixed),))
        fixes = (Fix(f"Rename to {prefixed}", (edit,), preferred=True), *fixes)
    return Finding(
        NAME,
        severity,
        message,
        path,
        definition.span,
        definition.variable,
        fixes,
        unnecessary=True,
    )


UNUSED_VARIABLE = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="An env file sets a variable that nothing in the workspace reads.",
    what="""\
No code, no `${…}` in an env file and no Procfile command refers to the variable; no Python string equals
its name; and the name appears in no other code or configuration in the folder: JavaScript, shell, Compose,
Dockerfile, Makefile, workflows, nginx … Templates, other env files and prose do not count as a use. A
variable that a library reads by itself (`AWS_ACCESS_KEY_ID`) is not reported if the project requires or
imports the library; otherwise the message names the library. Not reported either: well-known names of tools
and names with the prefix of a tool (`FLASK_`, `COMPOSE_`, `VITE_` …), files that a symbolic link shares with
other folders, files next to a `package.json` without Python code there, files that only Compose services with an image
of others load, and old states (`.env.bak`). If some code reads variables whose names are not known, this is only a hint.""",
    why="""\
A secret that nothing reads is kept for no reason; or the code spells the name differently.""",
    run=_run,
    about=Subject.SETS,
    silent=(
        Example(
            "-- .env --\nSHOP_SERVE_PORT=1\nSHOP_RUN_IT_PORT=1\n-- serve.py --\nimport click\n@click.command()\n@click.option('--port')\n"
            "def serve(port): ...\n-- cli.py --\nimport click\nimport serve\n"
            "@click.group(context_settings={'auto_envvar_prefix': 'SHOP'})\ndef cli(): ...\n"
            "cli.add_command(serve.serve)\ncli.add_command(serve.serve, 'run-it')\n",
            note="click derives it for a command of another file",
        ),
        Example(
            "-- .env --\nSHOP_TITLE=1\n-- app.py --\nfrom pydantic_settings import BaseSettings\nfrom shop import options\n"
            "class Settings(BaseSettings):\n    model_config = options()\n    shop_title: str = ''\nSettings()\n",
            note="a field whose variable is not known",
        ),
        Example(
            "-- .env --\nAPP_SHOP_ID=1\nFLASK_X=1\n-- app.py --\nfrom coaster.app import init_app\nfrom flask import Flask\n"
            "app = Flask(__name__)\ninit_app(\n    app, ['env'], env_prefix=['FLASK', f'APP_{app.name.upper()}']\n)\n",
            note="another library fills the app with what starts with APP_",
        ),
        Example(
            "-- .env --\nFIRST=1\nSECOND=2\n-- conf.py --\nimport os\nclass Settings:\n    def __getattr__(self, name):\n"
            "        return os.environ[name.upper()]\n-- app.py --\nfrom conf import Settings\n"
            "print(Settings().FIRST, Settings().second)\n",
            note="`__getattr__` reads the variables of these names",
        ),
        Example(
            "-- .env --\nFIRST=1\nHOST=2\nPORT=3\n-- app.py --\nimport os\nfrom enum import Enum\nclass Key(Enum):\n"
            "    FIRST = 1\nfor key in Key:\n    os.environ[key.name]\nclass Settings:\n    host: str\n"
            "for name in Settings.__annotations__:\n    os.environ[name.upper()]\nPORT = 80\n"
            "for name in list(globals()):\n    if name in os.environ:\n        globals()[name] = os.environ[name]\n",
            note="names of an Enum, of fields and of a module",
        ),
        Example(
            "-- .env --\nDB_HOST=1\nDB_ECHO=1\n-- app.py --\nimport os\nfrom dotenv import dotenv_values\n"
            "from pydantic import BaseModel\nclass Database(BaseModel):\n    DB_HOST: str\n    DB_ECHO: bool\n"
            "env = {**dotenv_values('.env'), **os.environ}\ndatabase = Database(**env)\n",
            note="a model is created from the whole environment",
        ),
        Example(
            "-- .env --\nDB_HOST=1\n-- app.py --\nimport os, msgspec\nclass Database(msgspec.Struct):\n"
            "    db_host: str\nenv = {k.lower(): v for k, v in dict(os.environ).items()}\nmsgspec.convert(env, Database)\n",
            note="the same, in lower case",
        ),
        Example(
            "-- .env --\nA=1\n-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
            "app.config.from_pyfile('.env')\n",
            note="run as Python, which another check reports",
        ),
        Example(
            "-- .env --\nhost=1\n-- app.py --\nfrom pydantic_settings import BaseSettings\n"
            "class S(BaseSettings):\n    host: str\n",
            note="pydantic ignores case",
        ),
        Example('-- .env --\nA=1\n-- app.py --\nimport os\nos.environ.get("A")\n', note="read"),
        Example(
            "-- .env.bak --\nA=1\n-- app.py --\nimport os\nos.environ['B']\n", note="the old state of a file"
        ),
        Example("-- .env --\nA=1\n-- Procfile --\nweb: run $A\n", note="expanded in a command"),
        Example('-- .env --\nA=1\nB=${A}\n-- app.py --\nimport os\nos.environ["B"]\n', note="interpolated"),
        Example(
            "-- .env --\nA=$B\nB=1\n-- app.py --\nimport environ\nenv = environ.Env()\nenv('A')\n",
            note="django-environ reads B for A",
        ),
        Example(
            "-- .env --\nFLASK_DEBUG=1\nDATABASE_URL=\nPYTHONUNBUFFERED=1\n", note="read by other programs"
        ),
        Example("-- .env.example --\nA=1\n", note="a template"),
        Example(
            "-- login.env --\nREALM_FILE=1\n-- compose.yaml --\nservices:\n  login:\n    image: keycloak/keycloak:26\n"
            "    env_file: login.env\n  web:\n    build: .\n-- app.py --\nimport os\nos.environ['A']\n",
            note="read by a program in an image",
        ),
        Example(
            "-- login/.env_bak --\nREALM_FILE=1\n-- queue/.env --\nQUEUE_USER=1\n-- queue/.env.example --\nQUEUE_USER=\n"
            "-- compose.yaml --\nservices:\n  login:\n    image: keycloak/keycloak:26\n    env_file: ./login/.env\n"
            "  queue:\n    image: rabbitmq:4\n    env_file: ./queue/.env.example\n-- app.py --\nprint(1)\n",
            note="a backup of the image's file, and a copy of it",
        ),
        Example(
            "-- grafana/app.env --\nGF_PLUGINS=x\n-- grafana/Dockerfile --\nFROM grafana/grafana\n-- compose.yaml --\n"
            "services:\n  grafana:\n    build: grafana\n    env_file: grafana/app.env\n  web:\n    build: .\n"
            "-- app.py --\nimport os\nos.environ['A']\n",
            note="an image that is built without code of the project",
        ),
        Example(
            "-- web/.env.production --\nGENERATE_SOURCEMAP=false\n-- web/package.json --\n{}\n-- app.py --\nprint(1)\n",
            note="JavaScript tools may read it",
        ),
        Example(
            "-- .env --\nWORKERS=1\n-- deploy/gunicorn.conf --\n[program:web]\ncommand=gunicorn -w %(ENV_WORKERS)s shop:app\n",
            note="supervisord",
        ),
        Example(
            "-- .env --\nSECRT_KEY=1\n-- app.py --\nimport os\nos.environ['SECRET_KEY']\n",
            note="misspelt: misspelt-variable reports it",
        ),
        Example(
            "-- .env --\nAWS_ACCESS_KEY_ID=x\n-- requirements.txt --\nboto3==1.40\n",
            note="botocore reads it, and boto3 needs botocore",
        ),
        Example("-- .env --\nOPENAI_API_KEY=x\n-- app.py --\nimport os, openai\nos.getenv('A')\n"),
        Example(
            "-- .env --\nAPI_BASE=1\n-- web/main.ts --\nfetch(process.env.API_BASE)\n", note="TypeScript"
        ),
        Example(
            "-- .env --\nUPSTREAM=1\n-- deploy/nginx.conf.template --\nproxy_pass http://${UPSTREAM};\n",
            note="a word in another configuration file",
        ),
        Example(
            '-- .env --\nSHOP_KEY=1\n-- app.py --\nfrom shoplib import settings\nsettings.fetch("SHOP_KEY")\n',
            note="a Python string: an unknown library may read it",
        ),
        Example("-- .env --\nA=1\n-- compose.yaml --\nimage: x:${A}\n", note="used by another tool"),
        Example(
            "-- .env --\nLABELS__TEAM=1\n-- app.py --\nfrom pydantic_settings import BaseSettings\n"
            "class S(BaseSettings, env_nested_delimiter='__'):\n    labels: dict[str, str] = {}\n",
            note="read through the start of its name",
        ),
        Example(
            "-- .env --\nSHOP_A=1\n-- app.py --\nfrom flask import Flask\n"
            'Flask("x").config.from_prefixed_env("SHOP")\n',
            note="read through its prefix",
        ),
    ),
    examples=(
        Example(
            "-- .env.bak --\nA=1\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv('.env.bak')\n"
            "os.environ['B']\n",
            (".env.bak:1:1 information Nothing in this workspace reads A [fix: Remove A]",),
            "a backup that the code loads",
        ),
        Example(
            "-- .env --\nOLD_KEY=1\n-- package.json --\n{}\n-- app.py --\nimport os\nos.environ['A']\n",
            (".env:1:1 information Nothing in this workspace reads OLD_KEY [fix: Remove OLD_KEY]",),
            note="Python code in the same folder",
        ),
        Example(
            "-- web.env --\nOLD_KEY=1\n-- compose.yaml --\nservices:\n  login:\n    image: keycloak/keycloak:26\n"
            "    env_file: web.env\n  web:\n    build: .\n    env_file: web.env\n-- app.py --\nimport os\nos.environ['A']\n",
            ("web.env:1:1 information Nothing in this workspace reads OLD_KEY [fix: Remove OLD_KEY]",),
            note="a service that is built here gets the file, too",
        ),
        Example(
            "-- .env --\nOLD_KEY=1\nOLD_KEY=2\n-- app.py --\nimport os\nos.environ['A']\n",
            (".env:1:1 information Nothing in this workspace reads OLD_KEY [fix: Remove OLD_KEY]",),
            note="once",
        ),
        Example(
            "-- .env --\nSECRET_KEY=x\n-- app.py --\nfrom flask import Flask\n"
            'Flask("x").config.from_prefixed_env()\n',
            (
                ".env:1:1 information Nothing in this workspace reads SECRET_KEY: from_prefixed_env sets SECRET_KEY from FLASK_SECRET_KEY [fix: Rename to FLASK_SECRET_KEY; Remove SECRET_KEY]",
            ),
            note="Flask reads it with a prefix",
        ),
        Example(
            "-- .env --\nA=$B\nB=1\n-- app.py --\nimport os\nos.environ['A']\n",
            (".env:2:1 information Nothing in this workspace reads B [fix: Remove B]",),
            note="python-dotenv does not replace `$B`",
        ),
        Example(
            '-- .env --\nA=1\nB=2\n-- app.py --\nimport os\nos.environ["A"]\n',
            (".env:2:1 information Nothing in this workspace reads B [fix: Remove B]",),
        ),
        Example(
            "-- .env --\nOLD_KEY=1\n-- README.md --\nSet OLD_KEY.\n-- .env.example --\nOLD_KEY=\n"
            "-- app.py --\nOLD_KEY = 1\n",
            (".env:1:1 information Nothing in this workspace reads OLD_KEY [fix: Remove OLD_KEY]",),
            note="prose, templates and Python names do not count as reads",
        ),
        Example(
            "-- .env --\nAWS_ACCESS_KEY_ID=x\n-- requirements.txt --\nflask\n",
            (
                ".env:1:1 information boto3 reads AWS_ACCESS_KEY_ID, but this project does not use boto3 [fix: Remove AWS_ACCESS_KEY_ID]",
            ),
            note="only a library that the project does not use reads it",
        ),
    ),
    of_all_files=True,
)
