"""click and typer: options and arguments that fall back to a variable (`envvar=`).

A flag can always be given instead, so none of these needs its variable.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example, Need
from configvars.names.values import NOTHING, Known
from configvars.readers.base import Fact, Reader, Site, Use

_CALLS = (
    *("click.option", "click.argument", "click.Option", "click.Argument"),
    *("asyncclick.option", "asyncclick.argument", "rich_click.option", "rich_click.argument"),
    *("click.password_option", "click.confirmation_option"),
)
_TYPER = ("typer.Option", "typer.Argument")


def _read(site: Site) -> Iterator[Fact]:
    """Names under `envvar`; typer's default stands first, where `...` is none."""
    names = site.argument(None, "envvar")
    if names is None:
        return
    default = site.argument(0 if site.path in _TYPER else None, "default")
    has_default = default is not None and default.value not in (NOTHING, Known("..."))
    for name in site.items(names):
        yield Use(name, f"{site.path} envvar", need=Need.DEFAULTED if has_default else Need.OPTIONAL)


CLICK = Reader(
    name="click",
    triggers=(b"envvar",),
    calls=dict.fromkeys((*_CALLS, *_TYPER), _read),
    silent=(
        Example("import click\n@click.option('--name')\ndef f(name): ...\n"),
        Example("def option(envvar): ...\noption(envvar='X')\n"),
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
    ),
)
