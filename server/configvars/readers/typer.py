"""`auto_envvar_prefix` of Typer: each option of a command can be set by a variable.

Arguments have no variable. The names follow Typer 0.29: the prefix of the app, the names of the groups and of
the command, and the name of the parameter. The only command of an app without a callback is the program itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from configvars.limits import GROUPS, beyond
from configvars.model import Example, Need
from configvars.names import texts
from configvars.names.values import NOTHING, UNKNOWN, Arguments, External, Known, Str, Value
from configvars.readers.base import Argument, CallParts, Fact, Field, Reader, Site, Use
from configvars.readers.click_commands import PREFIX, setting
from configvars.readers.made import given_to, option

_APP = "typer.Typer()"
_OPTION, _ARGUMENT = "typer.Option", "typer.Argument"


def _command(site: Site) -> Iterator[Fact]:
    """`@app.command(…)`: the options of the function."""
    if site.of is not None and site.function_name is not None:
        own = given_to(site.call)
        prefix = setting(own) or _prefix(site, site.of)
        if prefix is not None and setting(own) is None and not _is_program(site, site.of):
            prefix = _below(prefix, option(own, 0, "name") or Str(site.function_name.lower()))
        yield from _options(site, prefix)


def _callback(site: Site) -> Iterator[Fact]:
    """`@app.callback(…)`: the options of the whole app."""
    if site.of is not None:
        yield from _options(site, setting(given_to(site.call)) or _prefix(site, site.of))


def _options(site: Site, prefix: Value | None) -> Iterator[Use]:
    if prefix is None:
        return
    spelled = _upper(prefix)
    for field in site.parameters():
        if _is_option(field):
            name = Argument(Str(f"_{field.name.upper()}"), field.span)
            yield Use(name.prefixed(spelled), "typer auto_envvar_prefix", need=_need(field))


def _is_program(site: Site, app: External) -> bool:
    """Whether the app has nothing but one command."""

    def find() -> bool:
        others = [*_of(site, app, "callback"), *_of(site, app, "add_typer"), *_mounts(site, app)]
        return not others and len(_of(site, app, "command")) == 1

    return site.once(("typer program", app), find, False)


def _prefix(site: Site, app: External, depth: int = 0) -> Value | None:
    """The prefix of an app; None without `auto_envvar_prefix`, UNKNOWN if it is not clear."""
    if depth > GROUPS.most:
        beyond(GROUPS)
        return UNKNOWN

    def find() -> Value | None:
        found = _own(site, app) or _from_above(site, app, depth)
        return found and (UNKNOWN if _is_ambiguous(site, app) else found)

    unclear: Value | None = UNKNOWN
    return site.once(("typer prefix", app), find, unclear)


def _own(site: Site, app: External) -> Value | None:
    """The prefix that a call of the app, `add_typer`, its callback or the app itself sets; the first one counts."""
    started = (call.argument(None, PREFIX) for call in _started(site, app))
    calls = (*_mounts(site, app), *_of(site, app, "callback"))
    settings = (*map(setting, map(given_to, calls)), setting(app.arguments or Arguments()))
    found = (*(given.value for given in started if given is not None), *settings)
    return next((value for value in found if value is not None), None)


def _from_above(site: Site, app: External, depth: int) -> Value | None:
    """The prefix from the app to which an app is added, with its name there; an app without a name has none."""
    mounts = _mounts(site, app)
    if len(mounts) != 1:
        return UNKNOWN if mounts else None
    group = mounts[0].callee
    prefix = _prefix(site, group.of, depth + 1) if isinstance(group, External) and group.of else None
    named = option(given_to(mounts[0]), None, "name") or option(app.arguments or Arguments(), None, "name")
    return prefix if prefix is None or named is None else _below(prefix, named)


def _below(prefix: Value, name: Value) -> Value:
    return texts.join([prefix, Str("_"), name])


def _of(site: Site, app: External, method: str) -> list[CallParts]:
    """The calls of a method of an app in this file."""

    def owner(call: CallParts) -> Value | None:
        return call.callee.of if isinstance(call.callee, External) else None

    return _calls(site, method, owner).get(app, [])


def _started(site: Site, app: External) -> list[CallParts]:
    """The calls of an app with a prefix."""
    return _calls(site, PREFIX, lambda call: call.callee).get(app, [])


def _mounts(site: Site, app: External) -> list[CallParts]:
    """The calls that add an app to another one."""

    def added(call: CallParts) -> Value | None:
        given = call.argument(0, "typer_instance")
        return None if given is None else given.value

    return _calls(site, "add_typer", added, "added").get(app, [])


def _is_ambiguous(site: Site, app: External) -> bool:
    """Whether the file makes several apps with the same arguments, so that it is not known which one is meant.

    Not those that the module itself makes: their places are part of their arguments.
    """

    def made(call: CallParts) -> Value | None:
        is_app = isinstance(call.callee, External) and call.callee.path == "typer.Typer"
        return External(_APP, None, given_to(call)) if is_app else None

    return len(_calls(site, "Typer", made).get(External(_APP, None, app.arguments or Arguments()), [])) > 1


def _calls(
    site: Site, word: str, of: Callable[[CallParts], Value | None], kind: str = ""
) -> dict[Value, list[CallParts]]:
    """The calls in this file that contain a word, by the app that each is about; found once for each file."""

    def find() -> dict[Value, list[CallParts]]:
        found: dict[Value, list[CallParts]] = {}
        for call in site.calls(word):
            if isinstance(app := of(call), External):
                found.setdefault(app, []).append(call)
        return found

    return site.once(("typer calls", word, kind), find, {})


def _upper(prefix: Value) -> Value:
    return texts.replaced(texts.method("upper", prefix), Str("-"), Str("_"))


def _is_option(field: Field) -> bool:
    """Whether a parameter is an option: one with a default, if it does not say what it is."""
    value = field.value.value if field.value is not None else None
    kinds = {
        each.path.removesuffix("()")
        for each in (*(call.callee for call in field.calls), value)
        if isinstance(each, External)
    }
    return _ARGUMENT not in kinds and (_OPTION in kinds or field.value is not None)


def _need(field: Field) -> Need:
    if field.value is None or field.value.value in (NOTHING, Known("...")):
        return Need.OPTIONAL
    return Need.OPTIONAL if isinstance(field.value.value, External) else Need.DEFAULTED


TYPER = Reader(
    name="typer",
    triggers=(PREFIX.encode(),),
    calls={f"{_APP}.command": _command, f"{_APP}.callback": _callback},
    distinct=(_APP,),
    keep=(f"{_APP}.add_typer", f"{_OPTION}()", f"{_ARGUMENT}()"),
    silent=(
        Example(
            "import typer\napp = typer.Typer()\n@app.command()\ndef main(a: int = 1): ...\n# auto_envvar_prefix\n"
        ),
        Example(
            "import typer\napp = typer.Typer(context_settings={'auto_envvar_prefix': 'SHOP'})\n@app.command()\n"
            "def main(a: str, b: str = typer.Argument('x')): ...\n"
        ),
    ),
    examples=(
        Example(
            "import typer\napp = typer.Typer(context_settings={'auto_envvar_prefix': 'SHOP'})\n@app.command()\n"
            "def main(file: str, db_host: str = 'x', b: str = typer.Option(None, '--big')): ...\n",
            ("4:21 SHOP_DB_HOST read defaulted", "4:41 SHOP_B read optional"),
            "the only command",
        ),
        Example(
            "import typer\napp, sub = typer.Typer(context_settings={'auto_envvar_prefix': 'my-shop'}), typer.Typer()\n"
            "app.add_typer(sub, name='db')\n@app.callback()\ndef main(debug: bool = False): ...\n"
            "@app.command()\ndef load_all(rows: int = 1): ...\n@sub.command('make')\ndef make_it(x: int = 1): ...\n",
            (
                "5:10 MY_SHOP_DEBUG read defaulted",
                "7:14 MY_SHOP_LOAD_ALL_ROWS read defaulted",
                "9:13 MY_SHOP_DB_MAKE_X read defaulted",
            ),
            "groups",
        ),
        Example(
            "import typer\napp = typer.Typer()\n@app.command(context_settings={'auto_envvar_prefix': 'A'})\n"
            "def main(x: int = 1): ...\n@app.command()\ndef other(x: int = 1): ...\n",
            ("4:10 A_X read defaulted",),
            "of one command",
        ),
        Example(
            "import typer\napp = typer.Typer()\n@app.command()\ndef main(x: int = 1): ...\napp(auto_envvar_prefix='A')\n",
            ("4:10 A_X read defaulted",),
            "of a call",
        ),
        Example(
            "import typer\napp = typer.Typer(context_settings={'auto_envvar_prefix': 'A'})\nx, y = typer.Typer(), typer.Typer()\n"
            "app.add_typer(x, name='x')\napp.add_typer(y, name='y')\n@x.command()\ndef main(rows: int = 1): ...\n",
            ("7:10 A_X_MAIN_ROWS read defaulted",),
            "two groups with the same arguments",
        ),
        Example(
            "import typer\napp = typer.Typer()\nother = typer.Typer()\n@app.command()\ndef main(x: int = 1): ...\n"
            "@other.command()\ndef second(y: int = 1): ...\napp(auto_envvar_prefix='A')\n",
            ("5:10 A_X read defaulted",),
            "two programs, of which one has a prefix",
        ),
        Example(
            "import typer\ndef make(name):\n    app = typer.Typer()\n    sub = typer.Typer()\n    app.add_typer(sub, name=name)\n"
            "    @sub.command()\n    def main(rows: int = 1): ...\n    app(auto_envvar_prefix='A')\n",
            ("7:14 ? typer auto_envvar_prefix",),
            "made by a function",
        ),
    ),
)
