"""The ways that lead to a Flask app's configuration."""

from __future__ import annotations

from collections.abc import Mapping

APP = "flask.Flask()"
CONFIG = "flask.Flask().config"
CONFIGS = (CONFIG, "flask.config.Config()")
COPIES = tuple(f"{config}.copy()" for config in CONFIGS)
# What leads to an app without being one.
KEPT = (
    "flask.Flask().app_context()",
    "flask.Flask().test_client()",
    "flask.Flask().test_request_context()",
    "flask.Flask()._get_current_object()",
    "flask.blueprints.BlueprintSetupState()",
    "flask.cli.ScriptInfo().load_app()",
    "flask.testing.FlaskClient()",
)

# Another path of the same thing, and its first. All apps are one path: which app it is, flows tell.
ALIASES: Mapping[str, str] = {
    "apiflask.APIFlask": "flask.Flask",
    "connexion.App().app": APP,
    "connexion.FlaskApp().app": APP,
    "eve.Eve": "flask.Flask",
    "flask.Config": "flask.config.Config",
    "flask.Flask().app": APP,
    "flask.Flask().app_context().app": APP,
    "flask.Flask()._get_current_object().config": CONFIG,
    "flask.app.Flask": "flask.Flask",
    "flask.blueprints.BlueprintSetupState().app": APP,
    "flask.cli.ScriptInfo().load_app().config": CONFIG,
    "flask.current_app": APP,
    "flask.globals.current_app": APP,
    "flask.sansio.blueprints.BlueprintSetupState().app": APP,
    "flask.testing.FlaskClient().application": APP,
    "flask.Flask().test_client().application": APP,
    "flask_api.FlaskAPI": "flask.Flask",
    "flask_openapi3.OpenAPI": "flask.Flask",
    "flask_script.Manager().app": APP,
}
# Attributes that only their names tell, where the code does not: extensions and tests are given an app.
CONVENTIONS: Mapping[str, str] = {f"{name}.config": CONFIG for name in ("app", "application", "webapp")}
# Frameworks whose apps have a `config`, too, and are called the same.
STRANGERS = frozenset(
    {"aiohttp", "bottle", "kivy", "pyramid", "quart", "sanic", "sphinx", "starlette", "textual"}
)
# The modules one of which a project imports that has an app of Flask.
FRAMEWORKS = ("flask", "apiflask", "connexion", "eve", "flask_*")
# Attributes of an app that are keys of its configuration.
ATTRIBUTES: Mapping[str, str] = {
    "debug": "DEBUG",
    "permanent_session_lifetime": "PERMANENT_SESSION_LIFETIME",
    "secret_key": "SECRET_KEY",
    "testing": "TESTING",
}


def is_app_name(name: str) -> bool:
    """Whether a parameter of this name is taken for an app."""
    return f"{name.rpartition('_')[2]}.config" in CONVENTIONS
