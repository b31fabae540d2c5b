"""django-configurations: `values.Value` and similar classes, named after the setting they set.

Source of the signatures: django-configurations 2.5 (`configurations/values.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import EnvFileUse, Example, Need
from configvars.names.values import NOTHING, Known, Nothing, Sequence, Str, Value, alternatives
from configvars.readers.base import Argument, Fact, Handler, Reader, Site, Use
from configvars.readers.env_file_uses import path_text
from configvars.readers.handlers import implied, is_default

_VALUES = (
    *("Value", "BooleanValue", "IntegerValue", "PositiveIntegerValue", "FloatValue", "DecimalValue"),
    *("ListValue", "TupleValue", "SingleNestedTupleValue", "SingleNestedListValue", "BackendsValue"),
    *("SetValue", "DictValue", "EmailValue", "URLValue", "IPValue", "RegexValue", "PathValue", "SecretValue"),
)
_ADDRESSES = {
    "DatabaseURLValue": "DATABASE_URL",
    "CacheURLValue": "CACHE_URL",
    "EmailURLValue": "EMAIL_URL",
    "SearchURLValue": "SEARCH_URL",
}
# Classes whose default is an empty value.
_EMPTY = frozenset(
    kind for kind in _VALUES if "List" in kind or "Tuple" in kind or kind in ("SetValue", "DictValue")
)


def _value(kind: str) -> Handler:
    """`X = values.Value(default, environ=True, environ_name=None, environ_prefix="DJANGO", environ_required=False)`."""

    def handle(site: Site) -> Iterator[Fact]:
        default, environ = site.argument(0, "default"), site.argument(1, "environ")
        name, prefix = _name(site, kind), _prefix(site, kind)
        if name is None or (environ is not None and environ.value == Known("False")):
            return
        required = site.argument(4, "environ_required")
        if kind == "SecretValue" or (required is not None and required.value == Known("True")):
            need = Need.REQUIRED
        else:
            stands_in = kind in _EMPTY if default is None else is_default(default.value)
            need = Need.DEFAULTED if stands_in else Need.OPTIONAL
        yield Use(
            name if isinstance(prefix, Nothing) else name.prefixed(prefix), "configurations.values", need=need
        )

    return handle


def _name(site: Site, kind: str) -> Argument | None:
    """The name in `environ_name`, the name that the class always uses, or the name of the setting."""
    named = site.argument(2, "environ_name")
    if named is not None and not isinstance(named.value, Nothing):
        return named
    if kind in _ADDRESSES:
        return implied(site, _ADDRESSES[kind])
    target = site.target
    if target is None or any(isinstance(v, Str) and not v.text.isupper() for v in alternatives(target.value)):
        return None  # a configuration class has only upper-case settings
    return target


def _prefix(site: Site, kind: str) -> Value:
    given = site.argument(3, "environ_prefix")
    if given is None:
        return NOTHING if kind in _ADDRESSES else Str("DJANGO_")
    value = given.value
    if isinstance(value, Str):
        return Str(f"{value.text.removesuffix('_')}_") if value.text else NOTHING
    return value


def _class(site: Site) -> Iterator[Fact]:
    """`DOTENV = ".env"` in a settings class; `DOTENV` is a path or a sequence of paths."""
    for field in site.fields():
        if field.name == "DOTENV" and field.value is not None:
            found = field.value.value
            for value in found.items if isinstance(found, Sequence) else (found,):
                if (path := path_text(value)) is not None:
                    yield EnvFileUse(path, field.value.span, "configurations DOTENV")


DJANGO_CONFIGURATIONS = Reader(
    name="django-configurations",
    triggers=(b"configurations",),
    calls={
        f"{module}.{kind}": _value(kind)
        for module in ("configurations.values",)
        for kind in (*_VALUES, *_ADDRESSES)
    },
    classes={"configurations.Configuration": _class},
    aliases={"configurations.base.Configuration": "configurations.Configuration"},
    silent=(
        Example(
            "from configurations import Configuration, values\nclass Dev(Configuration):\n    DEBUG = True\n"
            "    A = values.Value('x', environ=False)\n    lower = values.Value('x')\n"
        ),
        Example("from mine import values\nA = values.Value('x')\n"),
    ),
    examples=(
        Example(
            "from configurations import Configuration, values\nclass Dev(Configuration):\n    DOTENV = '.env'\n"
            "    DEBUG = values.BooleanValue(False)\n    SECRET_KEY = values.SecretValue()\n"
            "    HOST = values.Value(environ_prefix='APP')\n    NAME = values.Value(environ_name='B', environ_prefix=None)\n"
            "    DATABASES = values.DatabaseURLValue()\n    HOSTS = values.ListValue()\n",
            (
                "3:14 loads .env (cwd)",
                "4:5 DJANGO_DEBUG read defaulted",
                "5:5 DJANGO_SECRET_KEY read required",
                "6:5 APP_HOST read optional",
                "7:39 B read optional",
                "8:17 DATABASE_URL read optional",
                "9:5 DJANGO_HOSTS read defaulted",
            ),
            "the setting is the name, after DJANGO_",
        ),
        Example(
            "from configurations import values\nfrom mine import prefix\nA = values.Value(environ_prefix=prefix())\n",
            ("3:1 ? configurations.values",),
        ),
    ),
)
