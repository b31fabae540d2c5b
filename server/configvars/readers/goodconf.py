"""goodconf: pydantic-settings classes that also read their fields from a file.

Source: goodconf 7.1. A file (`default_files`, `file_env_var`) can set the fields instead, so no variable is
required if there may be one.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import Example, Need
from configvars.names.values import Value
from configvars.readers.base import Argument, Fact, Reader, Site, Use
from configvars.readers.pydantic_options import config_of
from configvars.readers.pydantic_settings import PYDANTIC_SETTINGS

_FIELDS_OF = PYDANTIC_SETTINGS.classes["pydantic_settings.BaseSettings"]


def _read(site: Site) -> Iterator[Fact]:
    named = _option(site, "file_env_var")
    has_file = named is not None or _option(site, "default_files") is not None
    if named is not None:
        yield Use(_at(site, named), "goodconf file_env_var")
    for fact in _FIELDS_OF(site):
        if has_file and isinstance(fact, Use) and fact.need is Need.REQUIRED:
            fact = replace(fact, need=Need.OPTIONAL)
        yield fact


def _option(site: Site, name: str) -> Value | None:
    return None if site.cls is None else config_of(site, site.cls).get(name)


def _at(site: Site, named: Value) -> Argument:
    """The span of a name in the class; the span of the class if the name is written elsewhere."""
    for field in site.fields():
        if field.name == "model_config" and field.value is not None:
            return Argument(named, field.value.span)
    return Argument(named, site.span)


GOODCONF = Reader(
    name="goodconf",
    triggers=(b"goodconf",),
    classes={"goodconf.GoodConf": _read},
    aliases={
        "goodconf.Field": "pydantic.Field",
        "goodconf.GoodConfConfigDict": "pydantic_settings.SettingsConfigDict",
    },
    silent=(Example("class GoodConf: ...\nclass S(GoodConf):\n    a: str\n"),),
    examples=(
        Example(
            "from goodconf import GoodConf, Field\nclass S(GoodConf):\n    debug: bool = False\n    key: str = Field(initial=str)\n",
            ("3:5 DEBUG read defaulted", "4:5 KEY read required"),
        ),
        Example(
            "from goodconf import GoodConf\nclass S(GoodConf):\n"
            "    model_config = {'file_env_var': 'CONF', 'env_prefix': 'A_'}\n    key: str\n",
            ("3:38 CONF read optional", "4:5 A_KEY read optional"),
            "a file may give it",
        ),
    ),
)
