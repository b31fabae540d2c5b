"""The options of a Dynaconf object: the prefix of its variables, and what else may set a setting."""

from __future__ import annotations

from configvars.names.values import UNKNOWN, Arguments, External, Known, Nothing, Sequence, Str, Value, one_of
from configvars.readers.base import Argument, Site
from configvars.readers.made import option

SETTINGS = "dynaconf.Dynaconf()"
VALIDATOR = "dynaconf.Validator()"
# Options that name what else may set a setting.
_OTHERS = (
    *("settings_file", "settings_files", "settings_module", "includes", "preload", "secrets"),
    *("loaders", "core_loaders", "root_path", "post_hooks", "fresh_vars", "vault_enabled", "redis_enabled"),
)


def spelled(name: str) -> tuple[str, ...]:
    """The names under which Dynaconf accepts an option."""
    return name, name.upper(), f"{name.upper()}_FOR_DYNACONF"


def constructor(settings: External | None) -> Arguments | None:
    """The arguments with which a settings object was created; None for the one of the package itself."""
    while settings is not None and settings.path != SETTINGS:
        settings = settings.of
    return settings.arguments if settings is not None else None


def prefix_of(given: Value | None) -> Value | None:
    """The prefix of the names, from the constructor's `envvar_prefix`; None if no variables are read."""
    if given is None:
        return Str("DYNACONF_")
    if isinstance(given, Nothing):
        return None
    if given == Known("False"):
        return Str("")
    if not isinstance(given, Str):
        return UNKNOWN
    return one_of([Str(f"{part.upper()}_") for part in given.text.split(",")])


def may_be_given(site: Site, key: Value) -> bool:
    """Whether a settings file, the constructor or a validator may set a setting."""
    given = constructor(site.of)
    if given is None or given.rest or any(option(given, None, *spelled(each)) for each in _OTHERS):
        return True
    validators = option(given, None, *spelled("validators")) or Sequence(())
    if not isinstance(key, Str) or not isinstance(validators, Sequence):
        return True
    name = key.text.upper().partition(".")[0]
    return (
        name in (word.upper() for word, _ in given.keywords)
        or any(_may_give(each, name) for each in validators.items)
        or any(True for word in ("load_file", "register") for _ in site.calls(word))
    )


def _may_give(validator: Value, name: str) -> bool:
    """Whether a validator may set a setting, or raise an exception before it is read."""
    asked = validator.arguments if isinstance(validator, External) and validator.path == VALIDATOR else None
    if asked is None or asked.rest:
        return True
    names = [key.text.upper().partition(".")[0] for key in asked.positional if isinstance(key, Str)]
    is_meant = name in names or len(names) < len(asked.positional)
    return is_meant and any(word not in ("when", "env") for word, _ in asked.keywords)


def falls_back(option: Value | None, key: Value) -> bool:
    """Whether the variable without the prefix counts, too: `sysenv_fallback=True`, or a list of keys."""
    if isinstance(option, Sequence) and isinstance(key, Str):
        return key.text.upper() in {item.text.upper() for item in option.items if isinstance(item, Str)}
    return option == Known("True")


def joined(key: Argument, separator: Value) -> Argument:
    """The name of the variable for a key with dots."""
    if not isinstance(separator, Str):
        return key
    return key.replaced(".", separator.text)


def must_exist(asked: Arguments) -> bool:
    """Whether a validator requires its settings, without a default or a condition."""
    said = (option(asked, None, each) for each in ("must_exist", "required"))
    other = (option(asked, None, each) for each in ("default", "when", "env"))
    return Known("True") in said and not any(other)
