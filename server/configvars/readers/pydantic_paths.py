"""The import paths of pydantic and pydantic-settings that the reader knows."""

from __future__ import annotations

from configvars.limits import LINEAGE, beyond
from configvars.names.values import Class, External, Value, alternatives
from configvars.readers.base import Site

IDIOM = "pydantic-settings"
GOODCONF = "goodconf.GoodConf"  # a subclass of pydantic-settings' own class
SECOND_VERSION = (
    "pydantic_settings.BaseSettings",
    "pydantic_settings.main.BaseSettings",
    GOODCONF,
)
FIRST_VERSION = ("pydantic.BaseSettings", "pydantic.v1.BaseSettings", "pydantic.env_settings.BaseSettings")
BASES = (*SECOND_VERSION, *FIRST_VERSION)
FIELDS = frozenset({"pydantic.Field", "pydantic.v1.Field", "pydantic.fields.Field"})
CHOICES = frozenset({"pydantic.AliasChoices", "pydantic.aliases.AliasChoices"})
ALIAS_PATHS = frozenset({"pydantic.AliasPath", "pydantic.aliases.AliasPath"})
GENERATORS = frozenset({"pydantic.AliasGenerator", "pydantic.aliases.AliasGenerator"})
CONFIGS = frozenset(
    {"pydantic_settings.SettingsConfigDict", "pydantic_settings.main.SettingsConfigDict"}
    | {"pydantic.ConfigDict", "pydantic.config.ConfigDict"}
)
# Sources of pydantic-settings that do not read variables.
OTHER_SOURCES = tuple(
    f"pydantic_settings.{kind}Source"
    for kind in (
        *("JsonConfigSettings", "TomlConfigSettings", "YamlConfigSettings", "PyprojectTomlConfigSettings"),
        *("SecretsSettings", "NestedSecretsSettings", "CliSettings", "InitSettings", "DefaultSettings"),
        *("AWSSecretsManagerSettings", "AzureKeyVaultSettings", "GoogleSecretManagerSettings"),
    )
)
_RESULTS = (*CHOICES, *ALIAS_PATHS, *GENERATORS, *CONFIGS, *OTHER_SOURCES)
KEPT = (
    *FIELDS,
    *(f"{path}()" for path in _RESULTS),
    "pydantic_settings.EnvSettingsSource()",
    "pydantic_settings.PydanticBaseSettingsSource",
    *(f"pydantic.alias_generators.to_{kind}" for kind in ("camel", "pascal", "snake")),
    *(f"pydantic.RootModel{rest}" for rest in ("", "[]")),
)


def derives(site: Site, cls: Class, paths: tuple[str, ...]) -> bool:
    """Whether a class of the workspace derives from one of these paths."""
    return site.once(("derives", cls.home, paths), lambda: _derives(site, cls, paths), False)


def _derives(site: Site, cls: Class, paths: tuple[str, ...]) -> bool:
    waiting, seen = [cls], {cls.home}
    while waiting:
        bases = site.bases_of(waiting.pop())
        for base in [choice for given in bases for choice in alternatives(given)]:
            if path_of(base) in paths:
                return True
            if isinstance(base, Class) and base.home not in seen:
                if len(seen) > LINEAGE.most:
                    beyond(LINEAGE)
                    return False
                seen.add(base.home)
                waiting.append(base)
    return False


def path_of(value: Value | None) -> str:
    """The path of an external value; an empty string for any other value."""
    return value.path if isinstance(value, External) else ""
