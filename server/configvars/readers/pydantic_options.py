"""What a pydantic settings class says of itself: by keyword, in `model_config` or in `class Config`."""

from __future__ import annotations

from dataclasses import dataclass

from configvars.names.values import Class, External, FilePath, Known, Mapping, Sequence, Str, Value
from configvars.readers.base import Site

_FIRST_VERSION = frozenset(
    {"pydantic.BaseSettings", "pydantic.v1.BaseSettings", "pydantic.env_settings.BaseSettings"}
)


@dataclass(frozen=True, slots=True)
class Options:
    """The options that decide which variables the fields read; `named` is version 1's `fields`."""

    prefix: Value
    delimiter: str
    case_sensitive: bool
    files: tuple[Value, ...]
    encoding: str
    is_first_version: bool
    named: Mapping


def options_of(site: Site) -> Options:
    """The options of a class statement, each inherited where it does not give it."""
    files = _option(site, "env_file")
    delimiter = _option(site, "env_nested_delimiter")
    encoding = _option(site, "env_file_encoding")
    named = _option(site, "fields")
    return Options(
        prefix=_option(site, "env_prefix") or Str(""),
        delimiter=delimiter.text if isinstance(delimiter, Str) else "",
        case_sensitive=_option(site, "case_sensitive") == Known("True"),
        files=files.items if isinstance(files, Sequence) else (files,) if files is not None else (),
        encoding=encoding.text if isinstance(encoding, Str) else "utf-8",
        is_first_version=site.path in _FIRST_VERSION,
        named=named if isinstance(named, Mapping) else Mapping(()),
    )


def mapping(config: Value | None) -> dict[str, Value]:
    """`SettingsConfigDict(…)` or `{…}`, by the texts of its keys; empty for anything else."""
    if isinstance(config, External) and config.arguments is not None:
        return dict(config.arguments.keywords)
    pairs = config.items if isinstance(config, Mapping) else ()
    return {key.text: value for key, value in pairs if isinstance(key, Str)}


def _option(site: Site, name: str) -> Value | None:
    for cls in site.lineage():
        said = dict(site.keywords_of(cls)).get(name) or mapping(site.member("model_config", of=cls)).get(name)
        if said is None and isinstance(inner := site.member("Config", of=cls), Class):
            said = site.member(name, of=inner)
        if isinstance(said, Str | Known | Sequence | Mapping | FilePath):
            return said
    return None
