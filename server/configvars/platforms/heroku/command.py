"""Arguments and environment of the Heroku CLI, both from lists of allowed values."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from configvars.patterns import lazy_pattern
from configvars.platforms.base import PlatformFailure
from configvars.platforms.heroku.locate import safe_path

# Heroku's own rule for names; commands also accept the id of an app.
_APP = lazy_pattern(
    r"[a-z][a-z0-9-]{1,28}[a-z0-9]|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)

_ALLOWED = frozenset(
    {"HOME", "LANG", "LANGUAGE"}
    | {"ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"}
    | {"NODE_USE_SYSTEM_CA", "VOLTA_HOME"}
    | {"HEROKU_API_KEY", "HEROKU_GIT_HOST", "HEROKU_HEADERS", "HEROKU_HOST", "HEROKU_PARTICLEBOARD_URL"}
)
_ALLOWED_PREFIXES = ("LC_", "XDG_", "ASDF_", "MISE_")
_CERTIFICATES = frozenset({"NODE_EXTRA_CA_CERTS", "SSL_CERT_DIR", "SSL_CERT_FILE"})
_OPTIONS_OF_NODE = "NODE_OPTIONS"
# Options that neither load code nor print anything: where certificates come from, TLS, DNS, memory.
_SAFE_OPTION = lazy_pattern(
    r"--(?:use-(?:openssl|system|bundled)-ca|openssl-(?:legacy-provider|shared-config)|(?:enable|force)-fips"
    r"|tls-(?:min|max)-v1\.[0-3]|tls-cipher-list=[A-Za-z0-9:!@+_-]+|dns-result-order=\w+"
    r"|(?:no-)?network-family-autoselection|network-family-autoselection-attempt-timeout=\d+"
    r"|max-(?:old-space-size|http-header-size)=\d+)"
)
# Without these variables, programs on Windows do not start or do not find the user's files.
_ALLOWED_ON_WINDOWS = frozenset(
    {"APPDATA", "COMSPEC", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "PATHEXT", "PROGRAMDATA", "PROGRAMFILES"}
    | {"PROGRAMFILES(X86)", "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP", "USERNAME", "USERPROFILE", "WINDIR"}
)
_FIXED = {
    "DISABLE_TELEMETRY": "true",
    "HEROKU_SKIP_NEW_VERSION_CHECK": "true",
    "HEROKU_DISABLE_AUTOUPDATE": "true",
    "HEROKU_SKIP_ANALYTICS": "1",
    "NO_COLOR": "1",
    "NoDefaultCurrentDirectoryInExePath": "1",
    "OCLIF_COLUMNS": "10000",
}

SCRATCH = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG")
"""Variables that each call sets to a file of its own.

The CLI writes a credential helper to the user's global git configuration at every call. The first variable
makes git use another file for that; the second makes git refuse it, for git older than 2.32, which does not
know the first.
"""


def is_app_name(text: str) -> bool:
    """Whether a string can be the name or the id of an app."""
    return _APP.fullmatch(text) is not None


def config_vars(app: str) -> tuple[str, ...]:
    """Print the config vars as a JSON object."""
    return ("config", "--json", _app_flag(app))


def addons(app: str) -> tuple[str, ...]:
    """Print the add-ons attached to the app as a JSON list."""
    return ("addons", "--json", _app_flag(app))


def app_info(app: str) -> tuple[str, ...]:
    """Print the app's data, including its pipeline stage, as a JSON object."""
    return ("apps:info", "--json", _app_flag(app))


def app_list() -> tuple[str, ...]:
    """Print the user's apps, including those of all teams, as a JSON list."""
    return ("apps", "--all", "--json")


def pipeline_info(name: str) -> tuple[str, ...]:
    """Print a pipeline and its apps as a JSON object; names of pipelines follow the rule for apps."""
    if not is_app_name(name):
        raise PlatformFailure(
            "unknown-pipeline",
            "This is not the name of a Heroku pipeline: names have 3 to 30 lower-case letters, digits and"
            " hyphens, and begin with a letter. `heroku pipelines` lists yours.",
        )
    return ("pipelines:info", "--json", name)


def child_environment(
    environ: Mapping[str, str], roots: Sequence[str], app: str | None, setting: str = "", *, cwd: str = ""
) -> dict[str, str]:
    """The explicit environment of the CLI; `setting` is the path of the CLI that the user set, if any.

    With `HEROKU_APP` in addition to `--app`, the CLI does not run git to find the app. The folder of
    `setting` comes first on PATH, because npm installs the CLI next to the Node that it runs on. Relative
    paths of certificates count from `cwd`, the user's working directory, because the CLI runs in another one.
    """
    child = {name: value for name, value in environ.items() if _allowed(name)}
    for name in _CERTIFICATES & environ.keys():
        child[name] = os.path.join(cwd, environ[name]) if environ[name] else ""
    if options := _options_of_node(environ.get(_OPTIONS_OF_NODE, "")):
        child[_OPTIONS_OF_NODE] = options
    folders = (os.path.dirname(setting), environ.get("PATH", ""))
    child["PATH"] = os.pathsep.join(safe_path(os.pathsep.join(filter(None, folders)), roots))
    child |= _FIXED
    if app is not None:
        child["HEROKU_APP"] = app
    return child


def _app_flag(app: str) -> str:
    """The option as one argument, so that no app name can be taken for an option."""
    if not is_app_name(app):
        raise PlatformFailure(
            "invalid-app",
            "This is not the name of a Heroku app: names have 3 to 30 lower-case letters, digits and hyphens,"
            " and begin with a letter. Choose another app.",
        )
    return f"--app={app}"


def _allowed(name: str) -> bool:
    upper = name.upper()
    if os.name == "nt" and upper in _ALLOWED_ON_WINDOWS:
        return True
    is_prefixed = upper.startswith(_ALLOWED_PREFIXES) and not upper.endswith("TOKEN")
    return upper in _ALLOWED or is_prefixed


def _options_of_node(given: str) -> str:
    """The options of Node that the CLI gets; none that loads code, debugs or prints."""
    return " ".join(word for word in given.split() if _SAFE_OPTION.fullmatch(word))
