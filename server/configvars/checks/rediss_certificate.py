"""rediss-certificate: a Redis client verifies the certificate of Heroku's Redis, which is self-signed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from configvars.catalog.services import set_by_addon
from configvars.checks.base import Check
from configvars.checks.fixes import replace_text
from configvars.checks.flows import UnchangedUse, unchanged_uses
from configvars.checks.handed_over import handed_over
from configvars.checks.subjects import Subject
from configvars.model import Example, FileFacts, Finding, Fix, Severity, TextEdit
from configvars.pinned import is_older
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.runs.heroku_files import addons
from configvars.text import Span

NAME = "rediss-certificate"
_SERVICE = "heroku-redis"
# redis-py verifies certificates since 3.0.
_FIRST = (3, 0)
_BROKERS = frozenset({"BROKER_URL", "CELERY_BROKER_URL", "broker_url"})
_BACKENDS = frozenset({"CELERY_RESULT_BACKEND", "result_backend"})
_WORDS = ("from_url", "Celery", *sorted(_BROKERS | _BACKENDS))
# Code that mentions one of these anywhere handles the certificate.
_MENDED = frozenset(
    {
        *("CELERY_BROKER_USE_SSL", "CELERY_REDIS_BACKEND_USE_SSL", "broker_use_ssl", "redis_backend_use_ssl"),
        *("CERT_NONE", "ssl_ca_certs", "ssl_cert_reqs"),
    }
)

_OF_BROKERS = "without broker_use_ssl, Celery logs a warning there and does not verify it"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    if facts.kind != "python" or is_test(project, facts.path):
        return
    is_mended = cache(lambda: _is_handled(project))
    reported: set[Span] = set()
    elsewhere = yield from handed_over(project, facts.path, _WORDS)
    every = (*unchanged_uses(project, facts.path, _WORDS), *elsewhere)
    for handed in every:
        reference, how = handed.reference, _how(handed)
        if (
            how is None
            or reference.span in reported
            or not _is_heroku_redis(reference.variable.name, facts.path, project)
        ):
            continue
        if is_mended():
            return
        reported.add(reference.span)
        message = f"{reference.variable.name} is a rediss:// URL from Heroku, which uses a self-signed certificate: {how}"
        at = handed.path or facts.path
        fixes = _fixes(at, handed, project.text_of(at) or "")
        severity = Severity.INFORMATION if how == _OF_BROKERS else Severity.WARNING
        yield Finding(NAME, severity, message, facts.path, reference.span, reference.variable, fixes)


def _how(handed: UnchangedUse) -> str | None:
    """What has to be done if a URL is passed to a Redis client; None for other functions."""
    if handed.position:
        return None
    if handed.callee == "from_url" and "redis" in handed.function.lower() and handed.key in ("", "url"):
        return "on Heroku this needs ssl_cert_reqs=None"
    if (handed.callee == "Celery" and handed.key == "backend") or handed.key in _BACKENDS:
        return "without redis_backend_use_ssl, Celery raises ValueError there"
    if (handed.callee == "Celery" and handed.key == "broker") or handed.key in _BROKERS:
        return _OF_BROKERS
    return None


def _is_heroku_redis(name: str, path: str, project: Project) -> bool:
    """Whether an app has a variable from Heroku Redis; if no app has it, whether app.json lists the add-on."""
    known = [app for app in project.apps if name in app.variables]
    if known:
        return any(_comes_from_heroku_redis(app, name) for app in known)
    asked = (each for each in addons(project, path) if each.service == _SERVICE)
    return any(name in set_by_addon(_SERVICE, each.attached_as) for each in asked)


def _comes_from_heroku_redis(app: AppSnapshot, name: str) -> bool:
    variable = app.variables[name]
    owner = variable.addon or ("" if app.addons_known else _SERVICE)
    return variable.facts.scheme == "rediss" and owner.startswith((_SERVICE, "redis-"))


def _is_handled(project: Project) -> bool:
    return is_older(project, "redis", _FIRST) or bool(project.mentioned(_MENDED))


def _fixes(path: str, handed: UnchangedUse, text: str) -> tuple[Fix, ...]:
    if handed.arguments is None or handed.callee != "from_url":
        return ()
    end = handed.arguments.end - 1
    comma = "" if text[:end].rstrip().endswith(",") else ", "
    edit = TextEdit(Span(end, end), f"{comma}ssl_cert_reqs=None")
    return (replace_text(path, edit, "Add ssl_cert_reqs=None"),)


_APP = "-- app.py --\nimport os, redis\n"
_READ = "redis.from_url(os.environ['REDIS_URL'])\n"
_HEROKU = "-- heroku:shop --\nREDIS_URL=rediss://:p@h:1 @heroku-redis\n"
_ADDON = '-- app.json --\n{"addons": ["heroku-redis:mini"]}\n'

REDISS_CERTIFICATE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A Redis client verifies the certificate of Heroku's Redis, which is self-signed.",
    what="""\
The code passes the URL of Heroku's Redis (Key-Value Store) to `redis.from_url` or a similar function
without `ssl_cert_reqs`, or to Celery as broker or result backend: directly, through a variable, as an
attribute of a module, a class or an object of a settings class, or as a key of `app.config`. It is reported only if the URL is known
to be Heroku's: from the chosen app, or because app.json or heroku.yml asks for `heroku-redis`. It is not
reported if code anywhere in the folder mentions `ssl_cert_reqs` or `…_use_ssl`, or if a requirements file
asks for a redis-py older than 3.""",
    why="""\
Heroku's `REDIS_URL` starts with `rediss://` and its certificate is self-signed. On Heroku the first command
fails with `CERTIFICATE_VERIFY_FAILED`; locally, with a plain `redis://`, everything works. Heroku documents
`ssl_cert_reqs=None`, and for Celery `redis_backend_use_ssl={"ssl_cert_reqs": ssl.CERT_NONE}` and the same for
`broker_use_ssl`. Without the former, Celery raises ValueError for a result backend. For a broker without the
latter, it logs a warning and does not verify the certificate, so this is only information.
The connection is still encrypted, but the client does not verify the server's identity. This is what Heroku
supports within its own network. Do not use it for a server elsewhere, whose certificate can be verified:
set it only for Heroku's URL.""",
    run=_run,
    about=Subject.READS,
    silent=(
        Example(f"{_APP}{_READ}", note="not known to be Heroku's"),
        Example(f"-- heroku:shop --\nREDIS_URL=redis://h:1 @rediscloud\n{_APP}{_READ}"),
        Example(f"{_HEROKU}{_APP}redis.from_url(os.environ['REDIS_URL'], ssl_cert_reqs=None)\n"),
        Example(
            f"{_ADDON}{_APP}{_READ}-- tasks.py --\nconf.broker_use_ssl = x\n",
            note="the code handles the certificate",
        ),
        Example(
            f"{_ADDON}-- requirements.txt --\nredis<3\n{_APP}{_READ}", note="this version does not verify"
        ),
        Example(f"{_HEROKU}{_APP}print(os.environ['REDIS_URL'])\n"),
    ),
    examples=(
        Example(
            f"{_HEROKU}{_APP}{_READ}",
            (
                "app.py:2:28 warning REDIS_URL is a rediss:// URL from Heroku, which uses a self-signed certificate: on Heroku this needs ssl_cert_reqs=None [fix: Add ssl_cert_reqs=None]",
            ),
        ),
        Example(
            f"{_ADDON}{_APP}url = os.environ['REDIS_URL']\nredis.Redis.from_url(url)\n",
            (
                "app.py:2:19 warning REDIS_URL is a rediss:// URL from Heroku, which uses a self-signed certificate: on Heroku this needs ssl_cert_reqs=None [fix: Add ssl_cert_reqs=None]",
            ),
        ),
        Example(
            f"{_ADDON}-- app.py --\nimport os\nfrom celery import Celery\n"
            "celery = Celery('shop', backend=os.environ['REDIS_URL'])\n",
            (
                "app.py:3:45 warning REDIS_URL is a rediss:// URL from Heroku, which uses a self-signed certificate: without redis_backend_use_ssl, Celery raises ValueError there",
            ),
        ),
        Example(
            f"{_ADDON}-- app.py --\nimport os\nfrom celery import Celery\n"
            "celery = Celery('shop')\ncelery.conf.update(result_backend=os.environ['REDIS_URL'])\n",
            (
                "app.py:4:47 warning REDIS_URL is a rediss:// URL from Heroku, which uses a self-signed certificate: without redis_backend_use_ssl, Celery raises ValueError there",
            ),
        ),
        Example(
            f"{_ADDON}-- app.py --\nimport os\nfrom celery import Celery\n"
            "celery = Celery('shop', broker=os.environ['REDIS_URL'])\n",
            (
                "app.py:3:44 information REDIS_URL is a rediss:// URL from Heroku, which uses a self-signed certificate: without broker_use_ssl, Celery logs a warning there and does not verify it",
            ),
        ),
    ),
)
