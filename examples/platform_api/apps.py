"""The simulated apps, their config vars, and apps whose names cause errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

API_KEY = "HRKU-demo"
EMAIL = "dev@example.com"
PIPELINE = "shop-pipeline"
AMBIGUOUS = "shop-copies"
"""The name of two pipelines of different owners."""


@dataclass(frozen=True)
class App:
    """An app: its config vars, which add-on owns which of them, and its pipeline stage."""

    config: dict[str, str] = field(default_factory=dict)
    addons: dict[str, tuple[str, ...]] = field(default_factory=dict)
    attached: dict[str, str] = field(default_factory=dict)  # attachment name -> the app it belongs to
    stage: str | None = None
    team: str | None = None


@dataclass(frozen=True)
class Trouble:
    """A failing answer: after `delay` seconds, a status with a body.

    Without a status, the connection is dropped.
    """

    status: int | None = 200
    body: Any = None
    raw: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0


_SHOP = {
    "SECRET_KEY": "f0e4c2f76c58916ec258f246851bea091d14d4247a2fc3e18694461b1816e13b",
    "DATABASE_URL": "postgres://shop:hunter2@db.example.com:5432/shop",
    "HEROKU_POSTGRESQL_MAUVE_URL": "postgres://shop:hunter2@db.example.com:5432/shop",
    "REDIS_URL": "rediss://:hunter2@cache.example.com:6380",
    "MAIL_SERVER": "smtp.example.com",
    "MAIL_PASSWORD": "correct horse # battery ${staple}",
    "STRIPE_API_KEY": "sk_live_of_the_demo",
    "PAGE_SIZE": "20",
    "WEB_CONCURRENCY": "2",
}
_SHOP_ADDONS = {
    "heroku-postgresql": ("DATABASE_URL", "HEROKU_POSTGRESQL_MAUVE_URL"),
    "heroku-redis": ("REDIS_URL",),
}

APPS: dict[str, App] = {
    "shop-demo": App(_SHOP, _SHOP_ADDONS),
    "shop-staging": App(
        {**_SHOP, "STRIPE_API_KEY": "sk_test_of_the_demo"}, _SHOP_ADDONS, stage="staging", team="acme"
    ),
    "shop-pr-7": App({"SECRET_KEY": "of the review app"}, stage="review"),
    "shop": App(_SHOP, _SHOP_ADDONS, stage="production", team="acme"),
    "worker-staging": App(
        {"DATABASE_URL": _SHOP["DATABASE_URL"], "QUEUE": "mail"}, attached={"DATABASE": "shop"}
    ),
    "empty": App(),
    "big": App({f"BLOB_{number:03}": "x" * 1000 for number in range(64)}),
    "nasty": App(
        {
            "APOSTROPHE": "it's $5!",
            "QUOTES": 'it\'s $HOME "quoted" `back`',
            "NEWLINES": "one\ntwo\r\nthree\n",
            "PEM": "-----BEGIN KEY-----\nMIIBVw+/=\n-----END KEY-----\n",
            "INTERPOLATION": "${HOME}/x ${SHELL:-sh} $$",
            "BACKSLASH_AT_END": "C:\\new\\",
            "BACKSLASHES": "a\\\\b\\n",
            "QUOTE_AT_END": "'\"",
            "ONE_QUOTE": "'",
            "EMOJI": "żółć 🦄 ✓",
            "HASH": "a #b #c",
            "HASH_FIRST": "#fff",
            "LEADING_BLANKS": "  x",
            "TRAILING_BLANKS": "x\t ",
            "ONLY_BLANKS": "   ",
            "EMPTY": "",
            "EQUALS": "=a=b=",
            "JSON": '{"a": ["b", null], "c": "d\\"e"}',
            "LINE_SEPARATORS": "a\u2028b\u0085c\x0bd",
            "CONTROL": "\x01\x1b[31m\x7f",
        }
    ),
}


def _error(status: int, identifier: str, message: str, **headers: str) -> Trouble:
    body = {"id": identifier, "message": message}
    return Trouble(
        status, body, headers=tuple((name.replace("_", "-"), text) for name, text in headers.items())
    )


TROUBLE: dict[str, Trouble] = {
    "forbidden": _error(403, "forbidden", "You do not have access to the app forbidden."),
    "two-factor": _error(403, "two_factor", "A second authentication factor is required for this request."),
    "delinquent": _error(402, "delinquent", "Account is delinquent."),
    "ip-denied": _error(403, "ip_denied", "IP address is not in the trusted ranges."),
    "maintenance": _error(503, "maintenance", "The API is under maintenance."),
    "rate-limited": _error(429, "rate_limit", "Your account reached the API rate limit.", Retry_After="60"),
    "server-error": _error(500, "internal_server_error", "Internal server error."),
    "bad-gateway": Trouble(502, raw=b"<html><h1>Bad gateway</h1></html>"),
    "unavailable": Trouble(503, raw=b"<html><h1>Service unavailable: you are not logged in</h1></html>"),
    "gateway-timeout": Trouble(504, raw=b"upstream request timed out"),
    "blocked": Trouble(403, raw=b"<html><h1>Blocked by the firewall</h1></html>"),
    "login-page": Trouble(200, raw=b"<html><h1>Log in to this network</h1></html>"),
    "sso-required": _error(403, "sso_required", "This team requires single sign-on."),
    "garbage": Trouble(raw=b"{not json"),
    "wrong-shape": Trouble(body=["CANARY-7b1f"]),
    "reset": Trouble(status=None),
    "hang": Trouble(delay=300.0),
    "slow": Trouble(body={"SLOW": "but there"}, delay=2.0),
    "warned": Trouble(
        body={"A": "1"}, headers=(("X-Heroku-Warning", "This app runs an end-of-life stack."),)
    ),
}


def describe(name: str) -> dict[str, Any]:
    """The app as the API describes it."""
    team = APPS[name].team
    return {
        "id": identifier(name),
        "name": name,
        "team": None if team is None else {"id": identifier(team), "name": team},
        "owner": {"id": identifier(EMAIL), "email": EMAIL},
        "region": {"id": identifier("us"), "name": "us"},
        "stack": {"id": identifier("heroku-24"), "name": "heroku-24"},
        "build_stack": {"id": identifier("heroku-24"), "name": "heroku-24"},
        "git_url": f"https://git.heroku.com/{name}.git",
        "web_url": f"https://{name}.example.com/",
        "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z",
        "released_at": "2026-01-01T00:00:00Z",
        "repo_size": 0,
        "slug_size": 0,
        "maintenance": False,
        "acm": False,
        "archived_at": None,
    }


def addons(name: str) -> list[dict[str, Any]]:
    """The add-ons that belong to the app."""
    return [_addon(name, service, names) for service, names in APPS[name].addons.items()]


def attachments() -> list[dict[str, Any]]:
    """All attachments of an add-on to apps that the account can access."""
    own = [
        (name, variable.removesuffix("_URL"), name, service)
        for name, app in APPS.items()
        for service, names in app.addons.items()
        for variable in names
    ]
    foreign = [
        (name, attachment, owner, "heroku-postgresql")
        for name, app in APPS.items()
        for attachment, owner in app.attached.items()
    ]
    return [
        {
            "id": identifier(f"{app}:{attachment}"),
            "name": attachment,
            "app": {"id": identifier(app), "name": app},
            "addon": {
                "id": identifier(f"{owner}:{service}"),
                "name": f"{service}-{owner}",
                "app": {"id": identifier(owner), "name": owner},
            },
        }
        for app, attachment, owner, service in own + foreign
    ]


def pipeline_coupling(name: str) -> dict[str, Any] | None:
    """The pipeline and stage of the app, if it is in a pipeline."""
    stage = APPS[name].stage
    if stage is None:
        return None
    return {
        "id": identifier(f"{name}:coupling"),
        "app": {"id": identifier(name)},
        "stage": stage,
        "pipeline": pipeline(),
    }


def pipeline() -> dict[str, Any]:
    """The only pipeline."""
    return {
        "id": identifier(PIPELINE),
        "name": PIPELINE,
        "created_at": "2026-01-01T00:00:00Z",
        "owner": {"id": identifier("acme"), "type": "team"},
    }


def couplings() -> list[dict[str, Any]]:
    """The stages of all apps in the pipeline."""
    return [coupling for name in APPS if (coupling := pipeline_coupling(name))]


def identifier(text: str) -> str:
    """A UUID that is the same in every run."""
    return str(uuid5(NAMESPACE_DNS, text))


def _addon(app: str, service: str, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": identifier(f"{app}:{service}"),
        "name": f"{service}-{app}",
        "app": {"id": identifier(app), "name": app},
        "addon_service": {"id": identifier(service), "name": service},
        "plan": {
            "id": identifier(f"{service}:mini"),
            "name": f"{service}:mini",
            "price": {"cents": 0, "unit": "month"},
        },
        "config_vars": list(names),
        "state": "provisioned",
    }
