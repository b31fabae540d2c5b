"""The import paths of pydantic and pydantic-settings that the reader knows."""

from __future__ import annotations

from collections.abc import Collection

from configvars.limits import MODEL_BASES, beyond
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


def derives(site: Site, cls: Class, paths: Collection[str], depth: int = 0) -> bool:
    """Whether a class of the workspace derives from one of these paths."""
    if depth >= MODEL_BASES.most:
        beyond(MODEL_BASES)
        return False
    bases = [choice for base in site.bases_of(cls) for choice in alternatives(base)]
    return any(
        derives(site, base, paths, depth + 1) if isinstance(base, Class) else path_of(base) in paths
        for base in bases
    )


def path_of(value: Value | None) -> str:
    """The path of an external value; an empty string for any other value."""
    return value.path if isinstance(value, External) else ""
