"""environ-config: classes decorated with `@environ.config`, whose `environ.var()` read `APP_…`.

Source of the rules: environ-config 26.1. A class that is a group of another class uses the prefix of that
class.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.limits import OBJECT_DEPTH, beyond
from configvars.model import Example, Need
from configvars.names import texts
from configvars.names.values import NOTHING, Class, External, Known, Nothing, Str, Value
from configvars.readers.base import Argument, CallParts, Fact, Field, Reader, Site, Use
from configvars.readers.class_fields import fields_of

_NAME_AT = {"environ.var": 2, "environ.bool_var": 1}
_GROUP = "environ.group"


def _config(site: Site) -> Iterator[Fact]:
    """`@environ.config(prefix="SHOP")`: the reads of `from_environ` and `to_config` for the class."""
    cls = site.decorates
    if not isinstance(cls, Class) or any(_group_of(call) == cls for call in site.calls("group")):
        return
    loads = any(site.calls("from_environ")) or any(site.calls("to_config"))
    yield from _fields(
        site, cls, _prefix_of(site, cls) or Str("APP"), Need.REQUIRED if loads else Need.OPTIONAL
    )


def _bare(site: Site) -> Iterator[Fact]:
    """`@environ.config` without parentheses."""
    key = site.argument(0)
    if key is not None and isinstance(key.value, Str) and key.value.text == "config":
        yield from _config(site)


def _fields(site: Site, cls: Value, prefix: Value, need: Need, depth: int = 0) -> Iterator[Use]:
    if depth >= OBJECT_DEPTH.most:
        beyond(OBJECT_DEPTH)
        return
    for field in fields_of(site, cls):
        for call in field.calls:
            inner = _group_of(call)
            if inner is not None:
                optional = call.argument(1, "optional")
                mine = need if optional is None or optional.value == Known("False") else Need.OPTIONAL
                own = _prefix_of(site, inner) or Str(field.name)
                yield from _fields(site, inner, _behind(prefix, own), mine, depth + 1)
            elif isinstance(call.callee, External) and call.callee.path in _NAME_AT:
                yield _variable(field, call, _NAME_AT[call.callee.path], prefix, need)


def _variable(field: Field, call: CallParts, name_at: int, prefix: Value, need: Need) -> Use:
    named, default = call.argument(name_at, "name"), call.argument(0, "default")
    if named is None or isinstance(named.value, Nothing):
        named = Argument(_behind(prefix, Str(field.name)), field.span).changed("upper")
    if default is not None:
        need = Need.OPTIONAL if default.value == NOTHING else Need.DEFAULTED
    return Use(named, "environ.var", need=need)


def _behind(prefix: Value, name: Value) -> Value:
    is_none = isinstance(prefix, Nothing) or (isinstance(prefix, Str) and not prefix.text)
    return name if is_none else texts.join([prefix, Str("_"), name])


def _group_of(call: CallParts) -> Class | None:
    """The class of `environ.group(Class)`."""
    given = call.argument(0, "cls")
    is_group = isinstance(call.callee, External) and call.callee.path == _GROUP
    return given.value if is_group and given is not None and isinstance(given.value, Class) else None


def _prefix_of(site: Site, cls: Class) -> Value | None:
    """The prefix in the decorator of a class."""
    for decorator in site.decorators_of(cls):
        if isinstance(decorator.callee, External) and decorator.callee.path == "environ.config":
            given = decorator.argument(None, "prefix")
            return None if given is None else given.value
    return None


ENVIRON_CONFIG = Reader(
    name="environ-config",
    triggers=(b"environ",),
    calls={"environ.config": _config},
    attributes={"environ": _bare},
    keep=("environ.group()", *(f"{path}()" for path in _NAME_AT)),
    silent=(
        Example(
            "import environ\nenv = environ.Env()\nconfig = environ.Path(__file__)\n", note="django-environ"
        ),
        Example("def config(cls):\n    return cls\n@config\nclass A:\n    x = 1\n"),
    ),
    examples=(
        Example(
            "import environ\n@environ.config(prefix='SHOP')\nclass Config:\n    @environ.config\n    class Db:\n"
            "        host = environ.var()\n        port = environ.var(5432, converter=int)\n    db = environ.group(Db)\n"
            "    debug = environ.bool_var(False)\n    key = environ.var(name='KEY')\nconf = environ.to_config(Config)\n",
            (
                "6:9 SHOP_DB_HOST read required",
                "7:9 SHOP_DB_PORT read defaulted",
                "9:5 SHOP_DEBUG read defaulted",
                "10:29 KEY read required",
            ),
        ),
        Example(
            "import environ\n@environ.config\nclass Config:\n    a = environ.var()\n",
            ("4:5 APP_A read optional",),
            "loaded elsewhere, if at all",
        ),
    ),
)
