"""jsonargparse: with `default_env=True` every option has a variable: `APP_DB__HOST` for `--db.host`.

Source of the rules: jsonargparse 4.53 (`_formatters.get_env_var`). Options can be given on the command line
or in a file instead, so no variable is required.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example
from configvars.names import texts
from configvars.names.values import UNKNOWN, Arguments, Known, Nothing, Str, Value
from configvars.readers.argparse_options import holders, is_other, long_name, need
from configvars.readers.base import Fact, PatternRead, Reader, Site, Use
from configvars.readers.made import given_to, made_with, option

_PARSER = "jsonargparse.ArgumentParser()"
_CLI = ("jsonargparse.CLI", "jsonargparse.auto_cli", "jsonargparse.auto_parser")


def _added(site: Site) -> Iterator[Fact]:
    """`parser.add_argument("--db.host", default=…)`."""
    made = made_with(site, _PARSER)
    name = site.argument(None, "dest") or long_name(site)
    if name is None or is_other(site) or not (_reads(made) or any(site.calls("parse_env"))):
        return
    spelled = name.replaced("-", "_").prefixed(_prefix(made)).replaced(".", "__").changed("upper")
    yield Use(spelled, "jsonargparse", need=need(site))


def _made(site: Site) -> Iterator[Fact]:
    """`ArgumentParser(default_env=True, env_prefix="APP")`, `CLI(main, default_env=True)`.

    Classes have options, too.
    """
    made = given_to(site.call)
    prefix = _prefix(made)
    if _reads(made) and isinstance(prefix, Str) and prefix.text:
        yield PatternRead(texts.method("upper", prefix))


def _reads(made: Arguments) -> bool:
    return option(made, None, "default_env") == Known("True")


def _prefix(made: Arguments) -> Value:
    """The prefix of the names: `env_prefix`, otherwise the name of the program."""
    prefix = option(made, None, "env_prefix")
    if prefix is None or prefix == Known("True"):
        program = option(made, 0, "prog")
        prefix = (
            UNKNOWN if not isinstance(program, Str) else Str(program.text.rpartition(".")[0] or program.text)
        )
    if prefix == Known("False") or isinstance(prefix, Nothing):
        return Str("")
    return texts.join([texts.replaced(prefix, Str("-"), Str("_")), Str("_")])


JSONARGPARSE = Reader(
    name="jsonargparse",
    triggers=(b"jsonargparse",),
    calls={
        **{f"{holder}.add_argument": _added for holder in holders(_PARSER)},
        **dict.fromkeys(("jsonargparse.ArgumentParser", *_CLI), _made),
    },
    objects=holders(_PARSER),
    silent=(
        Example(
            "from jsonargparse import ArgumentParser\np = ArgumentParser()\np.add_argument('--a')\n",
            note="no variables",
        ),
        Example("import argparse\np = argparse.ArgumentParser(default_env=True)\np.add_argument('--a')\n"),
    ),
    examples=(
        Example(
            "from jsonargparse import ArgumentParser\np = ArgumentParser(default_env=True, env_prefix='my-app')\n"
            "p.add_argument('--db.host')\np.add_argument('--dry-run', default=1)\n",
            ("3:17 MY_APP_DB__HOST read optional", "4:17 MY_APP_DRY_RUN read defaulted"),
        ),
        Example(
            "from jsonargparse import ArgumentParser\np = ArgumentParser(env_prefix=False)\np.add_argument('--a')\np.parse_env()\n",
            ("3:17 A read optional",),
        ),
        Example(
            "from jsonargparse import ArgumentParser\np = ArgumentParser(default_env=True)\np.add_argument('--a')\n",
            ("3:16 ? jsonargparse",),
            "the name of the program is not known",
        ),
    ),
)
