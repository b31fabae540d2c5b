"""What a read that comes before its variable is loaded does."""

from __future__ import annotations

from msgspec import Struct

from configvars.checks.needed import needed_all_the_same
from configvars.flask.needs import needed_reads
from configvars.flask.reads import PREFIXED, need_of
from configvars.model import Example, FileFacts, Need, Reference
from configvars.project import Project
from configvars.syntax.python_order import MODULE

_LACKS = {
    Need.REQUIRED: "this code fails",
    Need.OPTIONAL: "this is None",
    Need.DEFAULTED: "the default is used",
}


class Lack(Struct, frozen=True):
    """What `happens` at a read without its variable; `fails`: the program fails, there or later. `why` follows."""

    happens: str
    fails: bool
    why: str = ""


def lacking(facts: FileFacts, project: Project, reference: Reference) -> Lack | None:
    """What a read does without its variable; None if it loses nothing.

    A read of None fails if the app needs the key that gets it, or if other code needs the value. What other uses
    of a key of `from_prefixed_env` do is not known.
    """
    need = need_of(facts, project, reference)
    if need is Need.OPTIONAL and _decides_about_a_load(facts, project, reference):
        return None
    if need not in _LACKS or need is None or (reference.idiom == PREFIXED and need is not Need.REQUIRED):
        return None
    why = needed_reads(project, facts.path).get(reference.span, "") if need is not reference.need else ""
    if need is Need.OPTIONAL:
        why = needed_all_the_same(facts, project).get(reference.span, "")
    happens = _LACKS[Need.OPTIONAL if why else need]
    return Lack(happens, bool(why) or need is Need.REQUIRED, f"; {why}" if why else "")


def _decides_about_a_load(facts: FileFacts, project: Project, reference: Reference) -> bool:
    """Whether code loads an env file only if a read finds nothing: `if not os.getenv("A"): load_dotenv()`."""
    loads = [use.span.start for use in facts.env_files if use.span.start > reference.span.end]
    if not loads:
        return False
    tree = project.tree_of(facts.path)
    at = tree.byte(reference.span.start)
    node = tree.root.descendant_for_byte_range(at, at)
    while node is not None and node.type != "if_statement":
        node = node.parent
    condition = node.child_by_field_name("condition") if node is not None else None
    if node is None or condition is None or not condition.start_byte <= at < condition.end_byte:
        return False
    return any(tree.byte(load) < node.end_byte for load in loads)


def raises_at_once(path: str, reference: Reference, project: Project) -> bool:
    """Whether the read itself raises without its variable; otherwise other code fails later, if at all."""
    if reference.idiom == PREFIXED:
        return project.code.order(path).where(reference.span.start).body == MODULE
    return reference.need is Need.REQUIRED


def given_by_loads(project: Project) -> frozenset[str]:
    """The names that env files set, if some code loads env files into the environment, as `app.run()` does."""
    files = project.index.files.values()
    if not any(not use.only_for for facts in files for use in facts.env_files) and not any(
        facts.flask.flows for facts in files
    ):
        return frozenset()
    return frozenset(
        each.variable.name for facts in files if facts.kind == "dotenv" for each in facts.definitions
    )


_APP = (
    "from flask import Flask, session\nfrom config import Config\nfrom dotenv import load_dotenv\nload_dotenv()\n"
    "app = Flask(__name__)\napp.config.from_object(Config)\n"
)
_KEY = "-- .env --\nKEY=1\n-- Makefile --\nrun:\n\tpython app.py\n-- config.py --\nimport os\nclass Config:\n"
_USED = "@app.get('/')\ndef view():\n    session['a'] = 1\n    return 'x'\n"
_LATER = f"-- app.py --\n{_APP}"

_PREFIXED = (
    "-- .env --\nFLASK_KEY=1\n-- app.py --\nfrom dotenv import load_dotenv\nfrom flask import Flask\napp = Flask(__name__)\n"
    "app.config.from_prefixed_env()\nload_dotenv()\n@app.get('/')\ndef index():\n    return app.config['KEY']\n"
    "if __name__ == '__main__':\n"
)

SILENT = (
    Example(
        "-- .env --\nDATABASE_URL=x\n-- config.py --\nimport os\nfrom dotenv import load_dotenv\n"
        "if not os.getenv('DATABASE_URL'):\n    load_dotenv()\nURL = os.environ['DATABASE_URL']\n"
        "-- migrate.py --\nimport config\nfrom dotenv import load_dotenv\nload_dotenv()\n-- Makefile --\nmigrate:\n\tpython migrate.py\n",
        note="the read decides whether the file is loaded",
    ),
    Example(
        _PREFIXED.replace("load_dotenv()\n@", "@")
        + "    app.run(\n        port=int(max(1, 2)),\n        debug=True,\n    )\n",
        note="the second process of the reloader inherits what the first one loads",
    ),
    Example(
        _PREFIXED.replace("load_dotenv()\n@", "load_dotenv()\napp.config.from_prefixed_env()\n@")
        + "    app.run()\n",
        note="`from_prefixed_env` is called again",
    ),
    Example(
        f"{_KEY}    SECRET_KEY = os.getenv('KEY')\n-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv()\n"
        f"{_APP}{_USED}",
        note="loaded above the import",
    ),
)
EXAMPLES = (
    Example(
        f"{_PREFIXED}    app.run()\n",
        (
            "app.py:8:24 information FLASK_KEY is read before app.py:10 loads .env: this code fails under python app.py and gunicorn, unless the environment sets it [see app.py:10:13: loads .env]",
        ),
        note="`from_prefixed_env` reads it",
    ),
    Example(
        f"{_PREFIXED}    app.run(debug=True)\n",
        (
            "app.py:8:24 information FLASK_KEY is read before app.py:5 loads .env: this code fails under gunicorn, unless the environment sets it [see app.py:5:1: loads .env]",
        ),
        note="the second process of the reloader inherits what the first one loads",
    ),
    Example(
        f"{_KEY}    SECRET_KEY = os.getenv('KEY')\n{_LATER}{_USED}",
        (
            "config.py:3:29 warning KEY is read before app.py:4 loads .env: this is None under gunicorn and python app.py (Makefile), unless the environment sets it; without SECRET_KEY in app.config, the session cannot be written to (RuntimeError) [see app.py:4:1: loads .env]",
        ),
        note="the session needs the key",
    ),
    Example(
        f"{_KEY}    PAGE = os.getenv('KEY')\n{_LATER}{_USED}app.secret_key = 'x'\n",
        (
            "config.py:3:23 information KEY is read before app.py:4 loads .env: this is None under gunicorn and python app.py (Makefile), unless the environment sets it [see app.py:4:1: loads .env]",
        ),
        note="nothing needs the key",
    ),
)
