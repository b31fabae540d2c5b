"""unused-variable: an env file gives what nothing in the workspace reads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from configvars.catalog import lookup
from configvars.checks.base import Check
from configvars.checks.local import means
from configvars.checks.prefixes import taken
from configvars.model import (
    Definition,
    Example,
    FileEdit,
    FileFacts,
    Finding,
    Fix,
    Severity,
    TextEdit,
    Variable,
)
from configvars.project import Project

NAME = "unused-variable"

# Read by tools that have their own way to them: Flask, JavaScript bundlers, Docker Compose.
_READ_ELSEWHERE = re.compile(
    r"(FLASK|COMPOSE|DOCKER|VITE|REACT_APP|NEXT_PUBLIC|NUXT|VUE_APP|EXPO_PUBLIC|GATSBY|PUBLIC|NODE|NPM)_"
    r"|NODE_ENV$"
)


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    given = [d for d in facts.definitions if d.kind == "dotenv" and not d.declaration]
    if not given:
        return
    severity = Severity.HINT if _reads_unknown_names(project) else Severity.INFORMATION
    is_taken = taken(project)
    mentions = frozenset().union(*(each.mentions for each in project.index.files.values()))
    read: defaultdict[str, list[Variable]] = defaultdict(list)
    for variable in project.index.referenced():
        if variable.scope == "env":
            read[variable.name.lower()].append(variable)
    is_used = cache(lambda name: _is_used(name, read[name.lower()], project))
    unused = [
        definition
        for definition in given
        if not is_taken(name := definition.variable.name) and name not in mentions and not is_used(name)
    ]
    elsewhere = project.mentioned(frozenset(definition.variable.name for definition in unused))
    for definition in unused:
        if not elsewhere.get(definition.variable.name):
            yield _finding(facts.path, definition, severity)


def _is_used(name: str, alike: Iterable[Variable], project: Project) -> bool:
    return (
        next(project.index.references(Variable("env", name)), None) is not None
        or _READ_ELSEWHERE.match(name) is not None
        or lookup(name) is not None
        or _is_read_in_other_case(name, alike, project)
    )


def _is_read_in_other_case(name: str, alike: Iterable[Variable], project: Project) -> bool:
    return any(means(found.reference, name) for v in alike for found in project.index.references(v))


def _reads_unknown_names(project: Project) -> bool:
    return any(facts.dynamic for facts in project.index.files.values())


def _finding(path: str, definition: Definition, severity: Severity) -> Finding:
    name = definition.variable.name
    fixes: tuple[Fix, ...] = ()
    if definition.statement is not None:
        edit = FileEdit(path, (TextEdit(definition.statement, ""),))
        fixes = (Fix(f"Remove {name}", (edit,)),)
    return Finding(
        NAME,
        severity,
        f"Nothing in this workspace reads {name}",
        path,
        definition.span,
        definition.variable,
        fixes,
        unnecessary=True,
    )


UNUSED_VARIABLE = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="An env file gives a variable that nothing in the workspace reads.",
    what="""\
No code, no `${…}` of an env file and no command of a Procfile refers to the variable, no text in Python is
just its name, and it is no word in any other code or configuration of the folder: JavaScript, shell, Compose,
Dockerfile, Makefile, workflow, nginx … Templates, other env files and prose are no evidence. Well-known names,
which libraries and tools read by themselves, are left out, and so are those with the prefix of such a tool
(`FLASK_`, `COMPOSE_`, `VITE_` …). Where some code reads names that cannot be told, this is only a hint.""",
    why="""\
What is not read any more is a secret kept for nothing; or it is a name that the code spells otherwise.""",
    run=_run,
    silent=(
        Example(
            "-- .env --\nhost=1\n-- app.py --\nfrom pydantic_settings import BaseSettings\n"
            "class S(BaseSettings):\n    host: str\n",
            note="pydantic reads any case",
        ),
        Example('-- .env --\nA=1\n-- app.py --\nimport os\nos.environ.get("A")\n', note="read"),
        Example("-- .env --\nA=1\n-- Procfile --\nweb: run $A\n", note="expanded by a command"),
        Example('-- .env --\nA=1\nB=${A}\n-- app.py --\nimport os\nos.environ["B"]\n', note="interpolated"),
        Example("-- .env --\nFLASK_DEBUG=1\nDATABASE_URL=\nPYTHONUNBUFFERED=1\n", note="read by others"),
        Example("-- .env.example --\nA=1\n", note="a template"),
        Example(
            "-- .env --\nAPI_BASE=1\n-- web/main.ts --\nfetch(process.env.API_BASE)\n", note="TypeScript"
        ),
        Example(
            "-- .env --\nUPSTREAM=1\n-- deploy/nginx.conf.template --\nproxy_pass http://${UPSTREAM};\n",
            note="a word of any configuration",
        ),
        Example(
            '-- .env --\nSHOP_KEY=1\n-- app.py --\nfrom shoplib import settings\nsettings.fetch("SHOP_KEY")\n',
            note="a whole text in Python: a library nobody here knows may read it",
        ),
        Example("-- .env --\nA=1\n-- compose.yaml --\nimage: x:${A}\n", note="used by another tool"),
        Example(
            "-- .env --\nSHOP_A=1\n-- app.py --\nfrom flask import Flask\n"
            'Flask("x").config.from_prefixed_env("SHOP")\n',
            note="taken by its prefix",
        ),
    ),
    examples=(
        Example('-- .env --\nA=1\nB=2\n-- app.py --\nimport os\nos.environ["A"]\n', (".env:2:1 B",)),
        Example(
            "-- .env --\nOLD_KEY=1\n-- README.md --\nSet OLD_KEY.\n-- .env.example --\nOLD_KEY=\n"
            "-- app.py --\nOLD_KEY = 1\n",
            (".env:1:1 OLD_KEY",),
            note="prose and templates read nothing, and neither does a name in Python",
        ),
    ),
    of_all_files=True,
)
