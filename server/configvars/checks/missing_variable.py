"""missing-variable: code fails because a variable is not set on this machine."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.app_states import AppStates
from configvars.checks.auxiliary import is_auxiliary, is_for_tests
from configvars.checks.base import Check
from configvars.checks.called_by_make import BY_MAKE
from configvars.checks.caught_by_callers import CAUGHT, NOT_CAUGHT, is_caught
from configvars.checks.conditions import Conditions
from configvars.checks.deployed import Deployed
from configvars.checks.lacking_programs import IN_CONTAINERS, IN_ONE_PROGRAM
from configvars.checks.missing import Missing, has_reads
from configvars.checks.missing_apart import OTHER_PROGRAMS, SAME_PROGRAM
from configvars.checks.missing_everywhere import NO_ENV_FILE, without_env_file
from configvars.checks.missing_given import GIVEN_ALL_THE_SAME, OF_ITS_FILES, OF_REPOSITORY, OF_SCRIPT
from configvars.checks.missing_in_service import missing_in_services
from configvars.checks.needed import FLASK_KEYS, TESTED_TOGETHER, needed_all_the_same
from configvars.checks.not_listed import once
from configvars.checks.subjects import Subject
from configvars.checks.turned_off import TURNED_OFF, class_for_production, lower, or_turned_off
from configvars.checks.wording import without
from configvars.flask.needs import needed_reads
from configvars.model import Example, FileFacts, Finding, Need, Reference, Severity
from configvars.project import Project

NAME = "missing-variable"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    if not has_reads(facts):
        return
    missing = Missing(facts, project)
    if missing.by:
        yield from missing.looking()
        yield from project.code.ordering(facts.path)
        found = _of_env_files(missing, facts, project)
        yield from once(found, missing, facts, project) if missing.by.stand_in else found
    else:
        yield from without_env_file(NAME, missing, facts, project)
    yield from missing_in_services(NAME, missing, facts, project)


def _of_env_files(missing: Missing, facts: FileFacts, project: Project) -> Iterator[Finding]:
    conditions = Conditions(lambda: project.tree_of(facts.path))
    severity = Severity.WARNING
    if is_auxiliary(project, facts):
        in_tests = is_for_tests(project, facts.path)
        if in_tests and missing.by.stand_in:
            return  # a template need not list what tests read
        severity = Severity.HINT if in_tests else Severity.INFORMATION
    optional = list(missing.reads(Need.OPTIONAL))
    needed = needed_all_the_same(facts, project) if optional else {}
    for found in optional:
        if found.span in needed:
            of_class = "" if missing.by.stand_in else class_for_production(facts, project, found)
            yield missing.finding(NAME, lower(severity, of_class), needed[found.span] + of_class, found)
    is_only_of_apps = bool(missing.by.apps) and not missing.by.lacking
    states = AppStates(project, facts.path, Deployed(project, facts.path))
    for found in missing.reads(Need.REQUIRED):
        if found.switch == found.variable.name:
            continue  # the code only runs if the variable is set
        if (severity is Severity.HINT and found.via is not None) or is_caught(project, facts.path, found):
            continue  # tests call readers with their own names and environments
        why = f"this code fails {without(found.variable.name, found.instead)}"
        if is_only_of_apps and not any(states.runs(app, found) is not False for app in project.apps):
            continue  # the code that reads it does not run there
        if found.switch or conditions.of_flags(found.span):
            yield missing.finding(
                NAME, Severity.INFORMATION, f"{why} {_where_reached(found, conditions)}", found
            )
        else:
            why = needed_reads(project, facts.path).get(found.span, why)
            yield or_turned_off(missing.finding(NAME, severity, why, found), missing, facts, project)


def _where_reached(found: Reference, conditions: Conditions) -> str:
    """The condition under which a read runs, as it is written in the code."""
    condition = conditions.at(found.span) if found.switch else conditions.of_flags(found.span)
    return f"if `{condition}`" if condition else f"depending on {found.switch}"


MISSING_VARIABLE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="The code needs a variable that is not set on this machine.",
    what="""\
A read that fails without its variable (`os.environ["X"]`, `int(os.getenv("X"))`), or whose value is needed further on
(Flask's `SECRET_KEY` and `SQLALCHEMY_DATABASE_URI`, a part of a URL, the key that signs a token), and no env file for
this code sets the variable. These files are the nearest `.env` and `.flaskenv`, the files that the code of the same
program loads, and those of the `env-files` setting. The nearest ones do not count if they are in a package, or in a
submodule, that only Flask apps outside of it import, because the `flask` command searches from the folder in which it
is started.

Not reported:

- variables that the operating system or the code itself sets, and those of the `given` setting
- variables that Heroku sets (`PORT`), if a Procfile, a Dockerfile, the settings of another service,
  a workflow that deploys or a chosen app shows that the project is deployed, or if a YAML file such
  as a Kubernetes manifest names the variable
- variables that an env file nearer to the code sets, if git tracks it and its name does not say
  that it is for tests; `unloaded-env-file` reports that nothing loads it
- reads in functions whose callers all catch KeyError

This is information:

- where another variable or a flag decides whether the read happens (`if USE_S3:`,
  `if not settings.DEBUG:`)
- in scripts, tools, examples and vendored code, and in modules of a `settings` package that nothing
  in the project names
- in a class for production if the project has one for development
- in functions if the env file has the variable commented out
- in a project that has no env file at all (see below)

It is a hint in tests, which often set the variable themselves.

`.flaskenv` does not count as an env file of the project, since it is shared, unless it is the copy of a template and there is no `.env`; nor do
`.env.test` and files that only set `COMPOSE_…` variables. If a project has no other, the finding is placed at the first read, an action creates the file,
scripts and examples are hints, and tests are not reported. In such a project `configvars check` compares with the
template, with `app.json` and with the apps named by `--app` instead, reports each variable once, and accepts what the
add-ons and buildpacks of `app.json` or `heroku.yml` and `setup.config` of `heroku.yml` set.

A variable that an env file sets may still be missing in some programs. The check names:

- a Compose service whose program reads it at startup, if neither the service nor the image sets it,
  no Compose file and no shell script mentions it, and the code loads no env file that has it
- a `RUN` command of a Dockerfile that reads it while the image is built, if the Dockerfile does not
  mention it
- a program of a Makefile, of a shell script (information), or of a Procfile if git tracks the env
  file, that loads no env file although the code of another program does; or although the `flask`
  command does, which is information, and only if nothing else may load the file

It also names a variable that the template of the env file lists, but only a Compose service has (information).""",
    why="""\
The program stops with a `KeyError` or a `TypeError` at this line: at startup if you are lucky, otherwise at
the first request that reaches it.""",
    run=_run,
    about=Subject.READS,
    silent=(
        Example(
            "-- .env.example --\nA=\n-- configs/testing_config.py --\nimport os\nclass TestingConfig:\n"
            "    MONGO_URI = os.environ['MONGO_URI']\n",
            note="a template need not list what only the configuration for tests needs",
        ),
        *TESTED_TOGETHER,
        *CAUGHT,
        *GIVEN_ALL_THE_SAME,
        SAME_PROGRAM,
        Example('-- .env --\nA=1\n-- app.py --\nimport os\nos.environ["A"]\n', note="set"),
        Example(
            "-- .env --\nA=1\n-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"
            'app.config["SECRET_KEY"] = os.getenv("SECRET_KEY") or make_one()\n'
            'app.config["MAIL_SERVER"] = os.getenv("MAIL_SERVER")\nprint(f"{os.getenv(\'HOME_PAGE\')}")\n',
            note="a default, a key that may be None, and a string that is not a URL",
        ),
        *IN_CONTAINERS,
        BY_MAKE,
        Example(
            "-- .env --\nSECRET_KEY=x\n-- settings.py --\nimport os\nINSTALLED_APPS = []\ndef secret(name):\n"
            '    if path := os.getenv(f"{name}_FILE"):\n        return open(path).read()\n    return os.getenv(name)\n'
            'SECRET_KEY = secret("SECRET_KEY")\n',
            note="a helper that reads NAME_FILE or NAME",
        ),
        Example(
            '-- .env --\nA=1\n-- app.py --\nimport os\nhost = os.getenv("DB_HOST")\nif host:\n    url = f"postgresql://{host}"\n'
            'other = os.getenv("DB_USER", None)\nprint(f"postgresql://{other}")\n'
            'agent = os.getenv("AGENT")\nurl = os.getenv("AGENT_URL", f"tcp://{agent}:25888")\n',
            note="tested before use; an explicit None; the default of another read",
        ),
        Example(
            "-- .env --\nA=1\n-- app.py --\nimport os\nfrom flask import Flask\nclass Config:\n"
            '    SECRET_KEY = os.getenv("SECRET_KEY")\n    if not SECRET_KEY:\n        SECRET_KEY = make_one()\n'
            '    SQLALCHEMY_DATABASE_URI = os.getenv("DATABASE", None)\n'
            "app = Flask(__name__)\napp.config.from_object(Config)\n",
            note="set in the next lines, and an explicit None",
        ),
        Example(
            "-- shop/settings.py --\nimport os\nINSTALLED_APPS = []\nSECRET_KEY = os.environ.get('SECRET_KEY')\n"
            "if not SECRET_KEY:\n    with open('key') as file:\n        SECRET_KEY = file.read()\n",
            note="Django's key from elsewhere",
        ),
        Example('-- tests/test_app.py --\nimport os\nos.environ["B"]\n', note="no env file, and tests"),
        Example('-- .env --\nA=1\n-- app.py --\nimport os\nos.getenv("B")\nos.environ.get("C", "")\n'),
        Example(
            "-- .env --\nA=1\n-- .github/workflows/ci.yml --\njobs:\n  A: x\n"
            '-- app.py --\nimport os\nos.environ["GITHUB_SHA"]\n',
            note="GitHub Actions sets it, and runs this code",
        ),
        Example(
            "-- .env --\nA=1\n-- Dockerfile --\nFROM python:3.13\n"
            '-- app.py --\nimport os\nos.environ["PYTHON_VERSION"], os.environ["PYTHONSTARTUP"]\n',
            note="the image sets it, or the interpreter reads it",
        ),
    ),
    examples=(
        OF_ITS_FILES,
        OF_REPOSITORY,
        OF_SCRIPT,
        *IN_ONE_PROGRAM,
        *OTHER_PROGRAMS,
        *TURNED_OFF,
        *NOT_CAUGHT,
        Example(
            "-- .env --\nA\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv()\n"
            'os.environ["A"]\n',
            (
                "app.py:4:13 warning A is missing from .env; this code fails without it (.env:1 has only the name, without =) [fix: Set A in .env]",
            ),
            note="python-dotenv sets nothing for a name without =",
        ),
        Example(
            '-- .env --\nA=1\n-- .env.example --\nB=\n-- app.py --\nimport os\nos.environ["B"]\n',
            ("app.py:2:13 warning B is missing from .env; this code fails without it [fix: Add B to .env]",),
            note="a template lists the variable but does not set it",
        ),
        Example(
            '-- .env --\nA=1\n-- app.py --\nimport os\nos.environ["PORT"]\n',
            (
                "app.py:2:13 warning PORT is missing from .env; this code fails without it [fix: Add PORT to .env]",
            ),
            note="Heroku sets PORT, but nothing shows that the project is deployed",
        ),
        Example(
            "-- .env --\nA=1\n-- .github/workflows/ci.yml --\njobs:\n  A: x\n"
            '-- app.py --\nimport os\nos.environ["GITHUB_TOKEN"], os.environ["CI_COMMIT_SHA"]\n',
            (
                "app.py:2:13 warning GITHUB_TOKEN is missing from .env; this code fails without it [fix: Add GITHUB_TOKEN to .env]",
                "app.py:2:41 warning CI_COMMIT_SHA is missing from .env; this code fails without it [fix: Add CI_COMMIT_SHA to .env]",
            ),
            note="GitHub Actions sets no such variable, and GitLab does not run this code",
        ),
        Example(
            '-- .env --\nA=1\n-- shop/settings/aws.py --\nimport os\nos.environ["BUCKET"]\n'
            '-- shop/settings/production.py --\nimport os\nos.environ["KEY"]\n'
            "-- Procfile --\nweb: env DJANGO_SETTINGS_MODULE=shop.settings.production gunicorn shop.wsgi\n",
            (
                "shop/settings/aws.py:2:13 information BUCKET is missing from .env; this code fails without it [fix: Add BUCKET to .env]",
                "shop/settings/production.py:2:13 warning KEY is missing from .env; this code fails without it [fix: Add KEY to .env]",
            ),
            note="settings modules that nothing here names are for another deployment: information",
        ),
        Example(
            '-- .env --\nA=1\n-- app.py --\nimport os\nint(os.getenv("WORKERS"))\n',
            (
                "app.py:2:16 warning WORKERS is missing from .env; this code fails without it [fix: Add WORKERS to .env]",
            ),
        ),
        Example(
            '-- .env --\nUSE_S3=\n-- app.py --\nimport os\nUSE_S3 = os.getenv("USE_S3")\n'
            'if USE_S3:\n    os.environ["BUCKET"]\n',
            (
                "app.py:4:17 information BUCKET is missing from .env; this code fails without it if `USE_S3` [fix: Add BUCKET to .env]",
            ),
            note="the read depends on another variable: information",
        ),
        Example(
            "-- .env --\nA=1\n-- settings.py --\nDEBUG = True\n-- app.py --\nimport os\nimport settings\n"
            'if not settings.DEBUG:\n    os.environ["BUCKET"]\n',
            (
                "app.py:4:17 information BUCKET is missing from .env; this code fails without it if `not settings.DEBUG` [fix: Add BUCKET to .env]",
            ),
            note="a switch in another file",
        ),
        *FLASK_KEYS,
        Example(
            '-- .env --\nA=1\n-- app.py --\nimport os, jwt\nuser = os.environ.get("DB_USER")\n'
            'url = f"postgresql://{user}@{os.getenv(\'DB_HOST\')}/shop"\njwt.encode({}, os.getenv("JWT_KEY"))\n',
            (
                "app.py:2:24 warning DB_USER is missing from .env; without it the URL contains the word None [fix: Add DB_USER to .env]",
                "app.py:3:41 warning DB_HOST is missing from .env; without it the URL contains the word None [fix: Add DB_HOST to .env]",
                "app.py:4:27 warning JWT_KEY is missing from .env; this code fails without it [fix: Add JWT_KEY to .env]",
            ),
            note="parts of a URL, and the key that signs a token",
        ),
        *NO_ENV_FILE,
    ),
    of_all_files=True,
)
