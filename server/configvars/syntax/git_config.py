"""Git's configuration files, read without git.

A repository's configuration can make git run anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from configvars.patterns import lazy_pattern

_HEADER = lazy_pattern(
    r'[ \t]*\[[ \t]*(?P<section>[A-Za-z0-9.-]+)(?:[ \t]+"(?P<sub>(?:[^"\\\n]|\\.)*)")?[ \t]*\]'
)
_KEY = lazy_pattern(r"[ \t]*(?P<key>[A-Za-z][A-Za-z0-9-]*)[ \t]*(?:(?P<equals>=)[ \t]*|(?=\n|\Z))")
_BLANK = lazy_pattern(r"[ \t]*(?:[#;].*)?")
_TOKEN = lazy_pattern(r'\\(?P<escape>.|\n)|(?P<quote>")|(?P<comment>[#;])|(?P<text>[^\\"#;\n]+)')
_ESCAPES = {"n": "\n", "t": "\t", "b": "\b", '"': '"', "\\": "\\", "\n": ""}
_DIGITS = 5  # digits in the number of settings in the environment
_TRUE = frozenset({"true", "yes", "on", "1"})


class GitSetting(Struct, frozen=True):
    """One setting of a configuration: `section` and `key` in lower case, `subsection` as written."""

    section: str
    subsection: str
    key: str
    value: str


class GitConfig(Struct, frozen=True):
    """A configuration, combined from several files in order: later settings win.

    `complete` is False if a file has an error, at which reading stops, or includes something that is not
    known.
    """

    settings: tuple[GitSetting, ...] = ()
    complete: bool = True

    def __add__(self, other: GitConfig) -> GitConfig:
        return GitConfig(self.settings + other.settings, self.complete and other.complete)

    def values(self, section: str, key: str, subsection: str = "") -> list[str]:
        """All values of a setting, in order. `section` and `key` in lower case."""
        wanted = (section, subsection, key)
        return [s.value for s in self.settings if (s.section, s.subsection, s.key) == wanted]

    def get(self, section: str, key: str, subsection: str = "") -> str | None:
        """The value that applies: the last one."""
        return next(reversed(self.values(section, key, subsection)), None)

    def is_true(self, section: str, key: str) -> bool:
        """Whether a boolean setting is true."""
        return (self.get(section, key) or "").lower() in _TRUE


class HerokuRemote(Struct, frozen=True):
    """A git remote that the Heroku CLI recognises as an app."""

    name: str
    app: str


def parse_git_config(text: str) -> GitConfig:
    """Parse one configuration file, without included files; never raises."""
    settings: list[GitSetting] = []
    complete = True
    for setting in _settings(text.removeprefix("\ufeff").replace("\r\n", "\n")):
        if setting is None:
            complete = False
            break
        settings.append(setting)
    return GitConfig(tuple(settings), complete)


def config_of_environment(environ: Mapping[str, str]) -> GitConfig:
    """The settings in the environment, which override all files.

    Not `complete` if git would stop with an error, or includes more.
    """
    count = environ.get("GIT_CONFIG_COUNT") or "0"
    settings: list[GitSetting] = []
    complete = count.isdecimal() and "GIT_CONFIG_PARAMETERS" not in environ
    for number in range(int(count) if complete and len(count) < _DIGITS else 0):
        section, _, rest = environ.get(f"GIT_CONFIG_KEY_{number}", "").partition(".")
        subsection, _, key = rest.rpartition(".")
        value = environ.get(f"GIT_CONFIG_VALUE_{number}")
        if not key or value is None or section.lower() in ("include", "includeif"):
            return GitConfig(tuple(settings), complete=False)
        settings.append(GitSetting(section.lower(), subsection, key.lower(), value))
    return GitConfig(tuple(settings), complete and len(count) < _DIGITS)


def heroku_remotes(config: GitConfig) -> tuple[HerokuRemote, ...]:
    """The remotes that are Heroku apps, in the file's order, as the Heroku CLI recognises them.

    They are recognised by the fetch URL, with `url.*.insteadOf` applied, in one of three forms that end with
    ``.git``.
    """
    names = dict.fromkeys(s.subsection for s in config.settings if s.section == "remote" and s.subsection)
    found = []
    for name in names:
        urls = config.values("remote", "url", name)
        app = _app_of(_rewritten(urls[0], config)) if urls else None
        if app:
            found.append(HerokuRemote(name, app))
    return tuple(found)


def preferred_remote(config: GitConfig) -> str | None:
    """The remote that `heroku.remote` names, if it is set."""
    return config.get("heroku", "remote")


_HEROKU_URL = lazy_pattern(r"(?:git@heroku\.com:|ssh://git@heroku\.com/|https://git\.heroku\.com/)(.*)\.git")


def _app_of(url: str) -> str | None:
    found = _HEROKU_URL.search(url)
    return found[1] if found else None


def _rewritten(url: str, config: GitConfig) -> str:
    """Apply the longest `insteadOf` that the URL starts with."""
    rules = [
        (s.value, s.subsection)
        for s in config.settings
        if (s.section, s.key) == ("url", "insteadof") and url.startswith(s.value)
    ]
    if not rules:
        return url
    prefix, base = max(rules, key=lambda rule: len(rule[0]))
    return base + url[len(prefix) :]


def _settings(text: str) -> Iterator[GitSetting | None]:
    """Yield settings, and None at an error."""
    section = subsection = ""
    at = 0
    while at < len(text):
        header = _HEADER.match(text, at)
        if header:
            section, subsection = _names(header)
            at = header.end()
            continue
        key = _KEY.match(text, at)
        if key:
            value, at = _value(text, key.end()) if key["equals"] else ("true", key.end() + 1)
            if value is None:
                yield None
                return
            yield GitSetting(section, subsection, key["key"].lower(), value)
        else:
            at = _skip(text, at)
        if at < 0:
            yield None
            return


def _names(header: re.Match[str]) -> tuple[str, str]:
    if header["sub"] is not None:
        return header["section"].lower(), re.sub(r"\\(.)", r"\1", header["sub"])
    section, _, subsection = header["section"].lower().partition(".")
    return section, subsection


def _skip(text: str, at: int) -> int:
    """Skip blanks and a comment to the start of the next line; -1 if anything else follows."""
    blank = _BLANK.match(text, at)
    end = blank.end() if blank else at
    if end == len(text):
        return end
    return end + 1 if text[end] == "\n" else -1


def _value(text: str, at: int) -> tuple[str | None, int]:
    """Read a value and skip to the start of the next line; None if the value is invalid."""
    value = ""
    solid = 0  # the part of the value that remains when blanks at the end are removed
    quoted = False
    while at < len(text) and text[at] != "\n":
        token = _TOKEN.match(text, at)
        if token is None:
            return None, at
        at = token.end()
        if token["quote"]:
            quoted = not quoted
            solid = len(value)  # blanks before a quote stay, even if the quotes are empty
        elif token["escape"] is not None:
            if token["escape"] not in _ESCAPES:
                return None, at
            value += _ESCAPES[token["escape"]]
            solid = len(value)
        elif token["comment"] and not quoted:
            return value[:solid], _skip(text, token.start())
        else:
            # Leading blanks are not part of the value, not even after a line continuation.
            value += token[0] if quoted or value else token[0].lstrip(" \t")
            if quoted or token[0].strip(" \t"):
                solid = len(value) if quoted else len(value.rstrip(" \t"))
    return (None if quoted else value[:solid]), at + 1


def merged(configs: Iterable[GitConfig]) -> GitConfig:
    """Combine configurations, the one with lowest precedence first."""
    return sum(configs, GitConfig())
