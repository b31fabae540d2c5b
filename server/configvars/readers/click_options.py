"""click and typer: options and arguments that can be set by a variable (`envvar=`).

They can always be given on the command line instead, so no variable is required.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example, Need
from configvars.names import texts
from configvars.names.values import NOTHING, UNKNOWN, External, Known, Str
from configvars.readers.base import Argument, Fact, PatternRead, Reader, Site, Use
from configvars.readers.click_commands import (
    PREFIX,
    below,
    decorators,
    function_of,
    is_same,
    name_of,
    option_variables,
    prefixes,
)
from configvars.readers.handlers import is_unset

_OPTIONS = ("click.option", "click.password_option", "click.confirmation_option", "click.version_option")
_CALLS = ("click.argument", "click.Option", "click.Argument")
_TYPER = ("typer.Option", "typer.Argument")
_COMMANDS = decorators("click")


def _read(site: Site) -> Iterator[Fact]:
    """Reads of the names in `envvar`.

    typer's default is the first argument, where `...` means none, or the default of the annotated parameter.
    """
    names = site.argument(None, "envvar")
    default = site.default
    if default is None:
        default = site.argument(0 if site.path in _TYPER else None, "default", "default_factory")
    need = Need.OPTIONAL
    if not is_unset(default) and default is not None and default.value not in (NOTHING, Known("...")):
        need = Need.DEFAULTED
    for name in site.items(names) if names is not None else ():
        yield Use(name, f"{site.path} envvar", need=need)
    if site.path in _OPTIONS and _has_own_variable(site):
        for name in option_variables(site):
            yield Use(name, f"{site.path} auto_envvar_prefix", need=need)


def _has_own_variable(site: Site) -> bool:
    """Whether click derives a variable for an option; that of `version_option` would only print the version."""
    allowed = site.argument(None, "allow_from_autoenv")
    return site.path != "click.version_option" and (allowed is None or allowed.value != Known("False"))


def _main(site: Site) -> Iterator[Fact]:
    """`cli(auto_envvar_prefix="APP")` in another file than that of the command.

    The options of the command are not known here.
    """
    given, command = site.argument(None, PREFIX), site.of
    function = function_of(command) if command is not None else None
    if given is not None and function is not None and not site.is_here(function.home):
        yield Use(Argument(UNKNOWN, given.span), "click auto_envvar_prefix")


def _group(site: Site) -> Iterator[Fact]:
    """`@click.group(…)`: all variables of the commands of other files that are added to the group."""
    group = site.decorates
    if not isinstance(group, External):
        return
    for call in site.calls("add_command"):
        owner, added = call.callee, call.argument(0, "cmd")
        if (
            added is None
            or not isinstance(owner, External)
            or owner.of is None
            or not is_same(owner.of, group)
        ):
            continue
        command, renamed = added.value, call.argument(1, "name")
        function = function_of(command) if isinstance(command, External) else None
        if function is not None and site.is_here(function.home):
            continue
        own = name_of(command) if isinstance(command, External) and function is not None else None
        name = renamed.value if renamed is not None else own
        for prefix in below(site, {}, group, name) if name is not None else prefixes(site, group):
            yield PatternRead(texts.join([prefix, Str("_")]))


CLICK = Reader(
    name="click",
    triggers=(b"envvar",),
    calls={
        **dict.fromkeys((*_OPTIONS, *_CALLS, *_TYPER), _read),
        **{f"{path}@{main}": _main for path in _COMMANDS for main in ("", ".main")},
        **{path: _group for path in _COMMANDS if path.endswith(".group")},
    },
    decorators=_COMMANDS,
    keep=tuple(f"{path}@.add_command" for path in _COMMANDS if ".group" in path.rpartition("@")[2]),
    aliases={"asyncclick": "click", "rich_click": "click"},
    silent=(
        Example("import click\n@click.option('--name')\ndef f(name): ...\n"),
        Example("def option(envvar): ...\noption(envvar='X')\n"),
        Example(
            "import click\n@click.group(context_settings={'auto_envvar_prefix': 'APP'})\n@click.version_option('1.2.3')\n"
            "@click.option('--a', allow_from_autoenv=False)\ndef cli(a): ...\n"
        ),
    ),
    examples=(
        Example(
            "import click\n@click.option('--a', envvar='A')\n@click.option('--b', envvar=['B', 'C'], default='x')\n"
            "def f(a, b): ...\n",
            ("2:30 A read optional", "3:31 B read defaulted", "3:36 C read defaulted"),
        ),
        Example(
            "import typer\ndef main(a: str = typer.Option(..., envvar='A'), b=typer.Argument(1, envvar='B')): ...\n",
            ("2:45 A read optional", "2:78 B read defaulted"),
        ),
        Example(
            "import typer\nfrom typing import Annotated\n"
            "def main(a: Annotated[str, typer.Option(envvar='A')] = 'x', b: Annotated[str, typer.Option(envvar='B')]): ...\n",
            ("3:49 A read defaulted", "3:100 B read optional"),
        ),
        Example(
            "import click\ndef option(*args, **kwargs):\n    return click.option(*args, **kwargs)\n"
            "@option('--a', envvar='A')\n@option('--b')\ndef f(a, b): ...\n",
            ("4:24 A read optional",),
            "a function that passes on what it is given",
        ),
        Example(
            "import click\n@click.group(context_settings={'auto_envvar_prefix': 'APP'})\n@click.option('--debug/--no-debug')\n"
            "def cli(debug): ...\n@cli.command()\n@click.option('-p', '--db-port', default=1)\n@click.argument('file')\n"
            "def init_db(db_port, file): ...\n@click.command('other')\n@click.option('-x', 'level')\n"
            "def more(level): ...\ncli.add_command(more)\n",
            (
                "3:16 APP_DEBUG read optional",
                "6:22 APP_INIT_DB_DB_PORT read defaulted",
                "10:22 APP_OTHER_LEVEL read optional",
            ),
            "the names that options have by themselves",
        ),
        Example(
            "import click\nfrom click.testing import CliRunner\n@click.command()\n@click.option('--arg')\ndef cli(arg): ...\n"
            "CliRunner().invoke(cli, [], auto_envvar_prefix='test')\n",
            ("4:16 TEST_ARG read optional",),
        ),
        Example(
            "-- cli.py --\nimport click\n@click.command()\n@click.option('--host', envvar='HOST')\ndef main(host): ...\n"
            "-- run.py --\nfrom cli import main\nmain(auto_envvar_prefix='APP')\n",
            ("cli.py:3:33 HOST read optional", "run.py:2:25 ? click auto_envvar_prefix"),
        ),
    ),
)
