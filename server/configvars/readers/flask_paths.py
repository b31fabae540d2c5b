"""The import paths of Flask apps and their configuration, and the conventions for naming them."""

from __future__ import annotations

from collections.abc import Mapping

APP = "flask.Flask()"
CONFIG = "flask.Flask().config"
CONFIGS = (CONFIG, "flask.config.Config()")
COPIES = tuple(f"{config}.copy()" for config in CONFIGS)
# Paths that lead to an app but are not apps.
KEPT = (
    "flask.Flask().app_context()",
    "flask.Flask().test_client()",
    "flask.Flask().test_request_context()",
    "flask.Flask()._get_current_object()",
    "flask.blueprints.BlueprintSetupState()",
    "flask.cli.ScriptInfo().load_app()",
    "flask.testing.FlaskClient()",
)

# Aliases for one path. All apps have the same path; the flows tell them apart.
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
    # Modules of extensions that define what their packages offer.
    "flask_jwt_extended.jwt_manager.JWTManager": "flask_jwt_extended.JWTManager",
    "flask_jwt_extended.utils.create_access_token": "flask_jwt_extended.create_access_token",
    "flask_jwt_extended.utils.create_refresh_token": "flask_jwt_extended.create_refresh_token",
    "flask_jwt_extended.view_decorators.jwt_required": "flask_jwt_extended.jwt_required",
    "flask_jwt_extended.view_decorators.verify_jwt_in_request": "flask_jwt_extended.verify_jwt_in_request",
    "flask_login.login_manager.LoginManager": "flask_login.LoginManager",
    "flask_login.utils.login_user": "flask_login.login_user",
    "flask_sqlalchemy.extension.SQLAlchemy": "flask_sqlalchemy.SQLAlchemy",
    "flask_wtf.CsrfProtect": "flask_wtf.CSRFProtect",
    "flask_wtf.csrf.CSRFProtect": "flask_wtf.CSRFProtect",
    "flask_wtf.csrf.CsrfProtect": "flask_wtf.CSRFProtect",
    "flask_wtf.form.FlaskForm": "flask_wtf.FlaskForm",
    "flask.globals.session": "flask.session",
    "flask.helpers.flash": "flask.flash",
}
# Attributes that are recognised by name alone: extensions and tests get an app as a parameter.
CONVENTIONS: Mapping[str, str] = {f"{name}.config": CONFIG for name in ("app", "application", "webapp")}
# Other frameworks whose apps have a `config` and the same usual names.
OTHER_FRAMEWORKS = frozenset(
    {"aiohttp", "bottle", "kivy", "pyramid", "quart", "sanic", "sphinx", "starlette", "textual"}
)
# A project with a Flask app imports one of these modules.
FRAMEWORKS = ("flask", "apiflask", "connexion", "eve", "flask_*")
# Extensions whose objects are followed to their `init_app(app)` call.
EXTENSIONS = (
    "authlib.integrations.flask_client.OAuth",
    "flasgger.Swagger",
    "flask_admin.Admin",
    "flask_alembic.Alembic",
    "flask_apscheduler.APScheduler",
    "flask_argon2.Argon2",
    "flask_assets.Environment",
    "flask_babel.Babel",
    "flask_bcrypt.Bcrypt",
    "flask_bootstrap.Bootstrap",
    "flask_bootstrap.Bootstrap4",
    "flask_bootstrap.Bootstrap5",
    "flask_caching.Cache",
    "flask_ckeditor.CKEditor",
    "flask_compress.Compress",
    "flask_cors.CORS",
    "flask_debugtoolbar.DebugToolbarExtension",
    "flask_executor.Executor",
    "flask_flatpages.FlatPages",
    "flask_frozen.Freezer",
    "flask_healthz.Healthz",
    "flask_htmx.HTMX",
    "flask_humanize.Humanize",
    "flask_jwt_extended.JWTManager",
    "flask_limiter.Limiter",
    "flask_login.LoginManager",
    "flask_mail.Mail",
    "flask_mailman.Mail",
    "flask_marshmallow.Marshmallow",
    "flask_migrate.Migrate",
    "flask_minify.Minify",
    "flask_moment.Moment",
    "flask_oidc.OpenIDConnect",
    "flask_openid.OpenID",
    "flask_pagedown.PageDown",
    "flask_principal.Principal",
    "flask_pymongo.PyMongo",
    "flask_qrcode.QRcode",
    "flask_redis.FlaskRedis",
    "flask_restful.Api",
    "flask_restx.Api",
    "flask_rq2.RQ",
    "flask_s3.FlaskS3",
    "flask_seasurf.SeaSurf",
    "flask_seeder.FlaskSeeder",
    "flask_session.Session",
    "flask_sitemapper.Sitemapper",
    "flask_smorest.Api",
    "flask_sock.Sock",
    "flask_socketio.SocketIO",
    "flask_sqlalchemy.SQLAlchemy",
    "flask_sslify.SSLify",
    "flask_static_digest.FlaskStaticDigest",
    "flask_talisman.Talisman",
    "flask_vite.Vite",
    "flask_wtf.CSRFProtect",
)
# Attributes of an app that set configuration keys.
ATTRIBUTES: Mapping[str, str] = {
    "debug": "DEBUG",
    "permanent_session_lifetime": "PERMANENT_SESSION_LIFETIME",
    "secret_key": "SECRET_KEY",
    "testing": "TESTING",
}


def is_app_name(name: str) -> bool:
    """Whether a parameter with this name is assumed to be an app."""
    return f"{name.rpartition('_')[2]}.config" in CONVENTIONS
