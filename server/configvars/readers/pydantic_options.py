"""The options of a pydantic class: class keywords, `model_config`, `class Config`, and its base classes.

An option that is set to something unknown is unknown; it never counts as the default.
"""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.limits import LINEAGE, beyond
from configvars.names.values import (
    UNKNOWN,
    Class,
    External,
    Known,
    Mapping,
    Missing,
    Nothing,
    Sequence,
    Str,
    Unknown,
    Value,
    alternatives,
)
from configvars.readers.base import Site
from configvars.readers.pydantic_paths import BASES, CONFIGS, FIRST_VERSION, derives
from configvars.text import Mark, Span

# The options of `BaseSettings` itself, because its position among the base classes matters.
_RESET = frozenset(
    {"extra", "case_sensitive", "env_prefix", "env_prefix_target", "env_file", "env_file_encoding"}
    | {"env_nested_delimiter", "env_nested_max_split", "cli_parse_args", "secrets_dir"}
    | {"dotenv_filtering"}
)
_NOWHERE = Span(0, 0)


class Config(Struct):
    """Known options. `open`: an option that is not in `values` may have any value."""

    values: dict[str, Value] = field(default_factory=dict)
    open: bool = False

    def add(self, other: Config) -> None:
        """Add options; they override earlier ones."""
        if other.open:
            self.values.clear()
            self.open = True
        self.values.update(other.values)

    def get(self, name: str) -> Value | None:
        """The value of an option: None if it is not set, unknown if it is not known."""
        found = self.values.get(name, UNKNOWN if self.open else None)
        if found is None or len(alternatives(found)) > 1:
            return None if found is None else UNKNOWN
        return None if isinstance(found, Nothing) else found

    def flag(self, name: str, *, default: bool = False) -> bool | None:
        """The value of a boolean option; None if it is not known."""
        match self.get(name):
            case None:
                return default
            case Known("True"):
                return True
            case Known("False"):
                return False
            case _:
                return None

    def text(self, name: str, default: str = "") -> str | None:
        """The value of a string option; None if it is not known."""
        match self.get(name):
            case None:
                return default
            case Str() as text:
                return text.text
            case _:
                return None


def config_of(site: Site, cls: Class) -> Config:
    """The options of a class of the workspace: those of its base classes, last base first, and its own."""
    return site.once(("options", cls.home), lambda: _config_of(site, cls), Config(open=True))


def _config_of(site: Site, cls: Class) -> Config:
    found = Config()
    bases = [choice for base in site.bases_of(cls) for choice in alternatives(base)]
    is_first_version = any(isinstance(base, External) and base.path in FIRST_VERSION for base in bases)
    for base in reversed(bases) if is_first_version else bases:
        if isinstance(base, Class):
            found.add(config_of(site, base))
        elif isinstance(base, Missing | Unknown):
            found.add(Config(open=True))
        elif isinstance(base, External) and base.path in BASES:
            found.values = {name: value for name, value in found.values.items() if name not in _RESET}
            found.open = False
    found.add(_own(site, cls))
    return found


def _own(site: Site, cls: Class) -> Config:
    found = _written(site, cls)
    inner = site.member("Config", of=cls)
    if isinstance(inner, Class) and cls.home.encloses(inner.home):
        found.add(_of_inner(site, inner))
    found.values.update(site.keywords_of(cls))
    if site.is_changed(cls, "model_config"):
        found.add(Config(open=True))
    return found


def _written(site: Site, cls: Class) -> Config:
    """The options in the assignments to `model_config`; those of one branch may be those of another."""
    found, branches = Config(), list[Config]()
    for said in site.declared(cls, _NOWHERE):
        if said.name == "model_config" and said.value is not None:
            given = config_from(said.value.value)
            if said.conditional:
                branches.append(given)
            else:
                found = given
                branches.clear()
    if len(branches) == 1 or found.values or found.open:
        branches += [found] if branches else []
    return _either(branches) if branches else found


def _either(branches: list[Config]) -> Config:
    """Options of which one of several sets is in use: an option that differs is not known."""
    names = {name for each in branches for name in each.values}
    same = {
        name: first
        for name, first in branches[0].values.items()
        if all(_means(each.values.get(name)) == _means(first) for each in branches)
    }
    return Config(dict.fromkeys(names, UNKNOWN) | same, any(each.open for each in branches))


def _means(value: Value | None) -> Value | str | None:
    """A value without the place where it is written."""
    return value.text if isinstance(value, Str) else value


def _of_inner(site: Site, inner: Class, known: dict[Mark, Config] | None = None) -> Config:
    """The options in `class Config` and in its base classes."""
    known = {} if known is None else known
    if inner.home in known:
        return known[inner.home]
    if len(known) > LINEAGE.most:
        beyond(LINEAGE)
        return Config(open=True)
    found = known[inner.home] = Config()
    for base in reversed(site.bases_of(inner)):
        if isinstance(base, Class):
            found.add(_of_inner(site, base, known))
        elif not isinstance(base, External):
            found.add(Config(open=True))
    for said in site.declared(inner, _NOWHERE):
        if said.value is not None and not said.item:
            found.values[said.name] = said.value.value
    return found


def config_from(value: Value) -> Config:
    """The options in a value that is used as configuration."""
    found = Config()
    if (
        isinstance(value, External)
        and value.path.removesuffix("()") in CONFIGS
        and value.arguments is not None
    ):
        for given in value.arguments.positional:
            found.add(config_from(given))
        if value.arguments.rest:
            found.add(Config(open=True))
        found.values.update(value.arguments.keywords)
    elif isinstance(value, Mapping):
        for key, said in value.items:
            if isinstance(key, Str):
                found.values[key.text] = said
            else:
                found.add(Config(open=True))
    else:
        found.open = True
    return found


class Options(Struct, frozen=True):
    """The options that decide which variables the fields read.

    `certain`: the rules for the names are known. `splits` is the maximum number of splits of a name at the
    delimiter; `generator` makes aliases; `named` is `fields` of version 1. `is_shared`: other sources than
    variables may set a field, too. `checks_defaults`: a default must have the type of its field.
    `keeps_defaults`: variables may change only parts of a default that is a model. `extra` and `filtering`
    say what happens to names that are not fields; None: not known.
    """

    prefix: Value
    prefixed: frozenset[str]
    delimiter: str | None
    splits: int
    case_sensitive: bool
    by_name: bool
    by_alias: bool
    certain: bool
    generator: Value | None
    files: tuple[Value, ...]
    encoding: str
    is_shared: bool
    is_first_version: bool
    checks_defaults: bool
    named: Mapping
    keeps_defaults: bool
    extra: str | None
    filtering: str | None


def options_from(config: Config, *, is_first_version: bool, is_shared: bool = False) -> Options:
    """The options of a settings class, or of a model in one."""
    prefix = config.get("env_prefix")
    case = config.flag("case_sensitive")
    by_name, also = config.flag("populate_by_name"), config.flag("validate_by_name")
    by_alias = config.flag("validate_by_alias", default=True)
    target = config.text("env_prefix_target", "variable")
    splits = config.get("env_nested_max_split")
    count = splits.count if isinstance(splits, Known) and not splits.text.startswith("-") else None
    named = config.get("fields")
    return Options(
        prefix=Str("") if prefix is None else prefix,
        prefixed=frozenset({"variable", "alias"} if target == "all" else {target or ""}),
        delimiter=config.text("env_nested_delimiter"),
        splits=count or 0,
        case_sensitive=bool(case),
        by_name=bool(by_name or also),
        by_alias=by_alias is not False,
        certain=None not in (case, by_name, also, by_alias, target) and (splits is None or count is not None),
        generator=config.get("alias_generator"),
        files=_files(config),
        encoding=config.text("env_file_encoding", "utf-8") or "utf-8",
        is_shared=is_shared
        or any(config.get(name) is not None for name in ("secrets_dir", "cli_parse_args")),
        is_first_version=is_first_version,
        checks_defaults=not is_first_version and config.flag("validate_default", default=True) is True,
        named=named if isinstance(named, Mapping) else Mapping(()),
        keeps_defaults=config.flag("nested_model_default_partial_update") is not False,
        extra=config.text("extra", "forbid"),
        filtering=config.text("dotenv_filtering"),
    )


def is_said_by(site: Site, base: Class, options: Options) -> bool:
    """Whether the statement of a base class with the same options reports the reads of its fields."""
    if not derives(site, base, BASES):
        return False
    there = options_from(config_of(site, base), is_first_version=options.is_first_version)
    return replace(there, files=(), is_shared=False, extra="") == replace(
        options, files=(), is_shared=False, extra=""
    )


def _files(config: Config) -> tuple[Value, ...]:

    files = config.get("env_file")
    return files.items if isinstance(files, Sequence) else () if files is None else (files,)
