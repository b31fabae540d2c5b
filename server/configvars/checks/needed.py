"""Reads that accept None, although the code needs the value further on."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from configvars.checks.flask_project import KeysOf, feeds_a_key, keys_with_values
from configvars.checks.flows import UnchangedUse, unchanged_uses
from configvars.checks.needed_on_apps import place_of, surely_needed
from configvars.flask.engines import has_another_engine
from configvars.flask.needs import NONE_BEHIND, is_needed, is_unimportant
from configvars.model import Example, FileFacts, Need, Reference
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.text import Mark, Span

# Without these, Flask or its extension fails, or signs with an empty key.
_KEYS = frozenset({"MONGO_URI", "SECRET_KEY", "SQLALCHEMY_DATABASE_URI"})
_BY_EXTENSION = {"MONGO_URI": "flask_pymongo"}  # other code may use the key, too
_DJANGO = frozenset(
    {"DEFAULT_AUTO_FIELD", "INSTALLED_APPS", "MIDDLEWARE", "ROOT_URLCONF", "TEMPLATES", "WSGI_APPLICATION"}
)
_NAMES_SETTINGS = frozenset({"asgi.py", "manage.py", "wsgi.py"})
# The rest of a call after the name that it reads, with an empty string as default.
_EMPTY_DEFAULT = lazy_pattern(r"""["']\s*,\s*(?:default\s*=\s*)?(["'])\1\s*\)""")
_ASSIGNED = lazy_pattern(r"^\s*SECRET_KEY\s*(?::[^=\n]+)?=[^=]", re.MULTILINE)
_NO_DJANGO = "without it Django does not start"
_WORDS = ("://", "jwt.")
_JWT = frozenset({"jwt.encode", "jwt.decode"})
_WEB = lazy_pattern(r"\b(?:https?|wss?)://")
# The code before a read that is the default of another read.
_AS_DEFAULT = lazy_pattern(r"\w\(\s*['\"]\w+['\"]\s*,\s*(?:default\s*=\s*)?\Z")
_BEFORE = 120


class _Reason(Struct, frozen=True):
    """Clauses of a message: why the value is needed, for a variable that is not set and for an empty one."""

    absent: str
    empty: str = ""
    key: str = ""  # a key of Flask that is not needed until the app uses the session
    is_of_web: bool = False  # nothing fails until the app uses the address


def needed_all_the_same(facts: FileFacts, project: Project) -> Mapping[Span, str]:
    """The optional reads of a Python file whose value is needed, each with the reason as a clause."""
    here = project.remembered(f"needed here, {facts.path}", lambda: _by_reasons(facts, project))
    return {**_anywhere_at_start(facts, project), **here}


def needed_on_every_app(facts: FileFacts, project: Project) -> frozenset[Span]:
    """The optional reads of a Python file whose value is needed on every app."""
    return frozenset(_by_reasons(facts, project))


def _by_reasons(facts: FileFacts, project: Project) -> Mapping[Span, str]:
    optional = {each.span for each in facts.references if each.need is Need.OPTIONAL}
    if project.deploying:
        optional |= _with_empty_default(facts, project)
    reasons = _reasons(facts, project) if optional else {}
    return {span: why.absent for span, why in reasons.items() if span in optional}


def only_a_key(facts: FileFacts, project: Project, reference: Reference) -> str:
    """The reason for a read that only sets a key of Flask, as a clause; empty if it is known that code needs it."""
    reason = _reasons(facts, project).get(reference.span)
    if reference.need is Need.REQUIRED or reason is None or not reason.key:
        return ""
    if is_needed(project, facts.path, reason.key):
        return ""
    return "" if fails_at(project, facts.path, reference) else reason.absent


def only_in_a_url(facts: FileFacts, project: Project, reference: Reference) -> str:
    """The reason for a read that only becomes a part of a web address, as a clause; empty for others."""
    reason = _reasons(facts, project).get(reference.span)
    if reason is None or not reason.is_of_web or fails_at(project, facts.path, reference):
        return ""
    return reason.absent


def needed_at_start_on(facts: FileFacts, project: Project) -> Mapping[str, frozenset[tuple[str, Span]]]:
    """For a deploy, by app: the reads, each with its name, without which a program fails elsewhere at its start."""
    if not project.deploying or facts.kind != "python":
        return {}
    return {app: frozenset(found) for app, found in surely_needed(project, facts.path).items()}


def _anywhere_at_start(facts: FileFacts, project: Project) -> Mapping[Span, str]:
    if not project.deploying or facts.kind != "python":
        return {}
    several = _of_several(facts)
    return {
        span: f"without it {place_of(use.place, project)} fails"
        for found in surely_needed(project, facts.path).values()
        for (_, span), use in found.items()
        if span not in several
    }


def fails_at(project: Project, path: str, reference: Reference) -> str:
    """For a deploy: where a program fails without the variable of a read (`app.py:3`); empty if at the read."""
    if not project.deploying or reference.need is Need.REQUIRED:
        return ""
    uses = (
        found.get((reference.variable.name, reference.span))
        for found in surely_needed(project, path).values()
    )
    return next((place_of(use.place, project) for use in uses if use is not None), "")


def _with_empty_default(facts: FileFacts, project: Project) -> set[Span]:
    """The reads whose default is an empty string, which Django refuses as SECRET_KEY."""
    text = project.text_of(facts.path) or ""
    reasons = _reasons(facts, project) if "SECRET_KEY" in text else {}
    return {
        each.span
        for each in facts.references
        if each.need is Need.DEFAULTED
        and each.span in reasons
        and reasons[each.span].absent == _NO_DJANGO
        and _EMPTY_DEFAULT.match(text, each.span.end)
    }


def needed_not_empty(facts: FileFacts, project: Project) -> Mapping[Span, str]:
    """The reads of a Python file that must not return an empty string, each with the reason as a clause."""
    return {span: why.empty for span, why in _reasons(facts, project).items() if why.empty}


def _reasons(facts: FileFacts, project: Project) -> Mapping[Span, _Reason]:
    path = facts.path
    return project.answered(f"needed, {path}", lambda: _needed(project.index.files[path], project))


def _needed(facts: FileFacts, project: Project) -> Mapping[Span, _Reason]:
    if facts.kind != "python":
        return {}
    text = project.text_of(facts.path) or ""
    found = {**dict(_of_keys(facts, project)), **dict(_of_django(facts, project))}
    for handed in unchanged_uses(project, facts.path, _WORDS):
        if why := _why(handed, text):
            found.setdefault(handed.reference.span, why)
    several = _of_several(facts)
    return {span: why for span, why in found.items() if span not in several}


def _of_several(facts: FileFacts) -> frozenset[Span]:
    """The places that read several variables, such as calls of a helper that reads NAME or NAME_FILE."""
    names: dict[Span, set[str]] = {}
    for each in facts.references:
        if each.variable.scope == "env":
            names.setdefault(each.span, set()).add(each.variable.name)
    return frozenset(span for span, found in names.items() if len(found) > 1)


def _of_keys(facts: FileFacts, project: Project) -> Iterator[tuple[Span, _Reason]]:
    keys, text = KeysOf(facts), project.text_of(facts.path) or ""
    given = [one for one in _keys_set(facts, project) if one[0] in _KEYS and _uses(project, one[0])]
    places = Counter((name, _around(keys, span)) for name, span, _ in given)
    for name, span, value in given:
        if not keys.is_for_production(span) or places[name, _around(keys, span)] > 1:
            continue  # one of several: `if not SECRET_KEY: SECRET_KEY = …`
        if is_unimportant(project, facts.path, name, value):
            continue
        if name == "SQLALCHEMY_DATABASE_URI" and has_another_engine(project):
            continue
        for read in keys.reads_in(value):
            if _is_all(read.span, value) and not NONE_BEHIND.match(text, read.span.end):
                absent, empty = f"without it Flask's {name} is None", f"Flask's {name} is empty, too"
                yield read.span, _Reason(absent, empty, key=name if name == "SECRET_KEY" else "")


def _uses(project: Project, key: str) -> bool:
    """Whether the project uses the extension that needs a key; true for keys that need none."""
    module = _BY_EXTENSION.get(key, "")
    return not module or project.code.anywhere(f"uses {module}", lambda text: bool(re.search(module, text)))


def _keys_set(facts: FileFacts, project: Project) -> Iterator[tuple[str, Span, Span]]:
    """The keys that a file sets, and its constants that other code assigns to the key of the same name."""
    seen: set[Span] = set()
    for name, span, value in keys_with_values(facts):
        seen.add(span)
        yield name, span, value
    for one in facts.flask.objects:
        if one.name or one.home.path != facts.path:
            continue
        for key in one.keys:
            if key.name not in _KEYS or key.value is None or key.path != facts.path or key.span in seen:
                continue
            if feeds_a_key(key.name, facts.path, project):
                yield key.name, key.span, key.value


def _of_django(facts: FileFacts, project: Project) -> Iterator[tuple[Span, _Reason]]:
    """Django's SECRET_KEY, because Django does not start if it is empty.

    None if another settings module in the same folder sets it.
    """
    keys, text = KeysOf(facts), project.text_of(facts.path) or ""
    for one in facts.flask.objects:
        if one.name or one.home.path != facts.path:
            continue
        if _DJANGO.isdisjoint(key.name for key in one.keys) and not _is_named(facts.path, project):
            continue
        values = [key.value for key in one.keys if key.name == "SECRET_KEY" and key.value is not None]
        if len(values) != 1 or _times_given(facts.path, project) != 1:
            continue
        for read in keys.reads_in(values[0]):
            if _is_all(read.span, values[0]) and not NONE_BEHIND.match(text, read.span.end):
                empty = "Django does not start with an empty SECRET_KEY"
                yield read.span, _Reason(_NO_DJANGO, empty)


def _is_named(path: str, project: Project) -> bool:
    """Whether a file that starts Django names a file as its settings module."""
    dotted = project.relative(path).removesuffix(".py").replace("/", ".")
    quoted = (f'"{dotted}"', f"'{dotted}'")
    starts = (each for each in project.index.files if os.path.basename(each) in _NAMES_SETTINGS)
    texts = (project.text_of(each) or "" for each in starts)
    return any("DJANGO_SETTINGS_MODULE" in text and any(map(text.__contains__, quoted)) for text in texts)


def _times_given(path: str, project: Project) -> int:
    """How often the Python files of a folder assign SECRET_KEY."""
    folder = os.path.dirname(path)
    beside = [other for other in project.index.files if os.path.dirname(other) == folder]
    return sum(
        len(_ASSIGNED.findall(project.text_of(other) or "")) for other in beside if other.endswith(".py")
    )


def _around(keys: KeysOf, span: Span) -> Mark | None:
    """The mark of the class or module in which a key is written."""
    around = keys.object_at(span)
    return around.home if around is not None else None


def _is_all(read: Span, value: Span) -> bool:
    """Whether a value consists only of the read, without a call or a conditional around it."""
    return value.end - value.start <= (read.end - read.start) + len("os.environ.get('', None)")


def _why(handed: UnchangedUse, text: str) -> _Reason | None:
    if handed.tested or NONE_BEHIND.match(text, handed.reference.span.end):
        return None
    if handed.within is not None and "://" in handed.within.of(text):
        if _AS_DEFAULT.search(text, max(0, handed.within.start - _BEFORE), handed.within.start):
            return None  # the default of a variable that contains the URL itself
        is_of_web = _WEB.search(handed.within.of(text)) is not None
        return _Reason("without it the URL contains the word None", is_of_web=is_of_web)
    if handed.function in _JWT and (handed.key == "key" or (not handed.key and handed.position == 1)):
        return _Reason("without it there is no key to sign with", "there is no key to sign with")
    return None


FLASK_KEYS = (
    Example(
        "-- .env --\nA=1\n-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"
        'app.config["SECRET_KEY"] = os.getenv("SECRET_KEY")\n',
        (
            "app.py:4:39 warning SECRET_KEY is missing from .env; without it Flask's SECRET_KEY is None [fix: Add SECRET_KEY to .env]",
        ),
        note="Flask needs it",
    ),
    Example(
        "-- .env --\nA=1\n-- config.py --\nimport os\nSECRET_KEY = os.getenv('SECRET_KEY')\n-- app.py --\nimport os\n"
        "from flask import Flask\nfrom config import SECRET_KEY\napp = Flask(__name__)\n"
        "app.config['SECRET_KEY'] = SECRET_KEY\nother = Flask('b')\nother.secret_key = os.getenv('KEY')\n",
        (
            "config.py:2:25 warning SECRET_KEY is missing from .env; without it Flask's SECRET_KEY is None [fix: Add SECRET_KEY to .env]",
        ),
        note="through another module, and as an attribute",
    ),
)

TESTED_TOGETHER = (
    Example(
        "-- .env --\nA=1\n-- app.py --\nimport os\ndef send(path):\n    key = 1\n"
        "    domain = os.getenv('DOMAIN')\n    if not all([key, domain]):\n        return None\n"
        "    return f'https://{domain}/{path}'\n",
        note="tested with others before it becomes a part of a URL",
    ),
    Example(
        "-- .env --\nA=1\n-- app.py --\nimport os\ndef send(key):\n    domain = os.getenv('DOMAIN')\n"
        "    missing = [name for name, value in {'DOMAIN': domain, 'KEY': key}.items() if not value]\n"
        "    return None if missing else f'https://{domain}/'\n",
        note="the same, in a loop over a dict",
    ),
)
