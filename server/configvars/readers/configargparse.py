"""ConfigArgParse: `env_var=` of an argument, and the names that `auto_env_var_prefix` gives to all options.

Options can be given on the command line instead, so no variable is required. Source: ConfigArgParse 1.9.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example
from configvars.names.values import Known, Nothing
from configvars.readers.argparse_options import METHODS, holders, is_other, long_name, need
from configvars.readers.base import Fact, Reader, Site, Use
from configvars.readers.made import made_with, option

_PARSER = "configargparse.ArgumentParser()"


def _added(site: Site) -> Iterator[Fact]:
    """`add_argument("--name", env_var="NAME", default=…)`."""
    named = site.argument(None, "env_var")
    if named is not None and not isinstance(named.value, Nothing):
        yield Use(named, "configargparse env_var", need=need(site))
        return
    prefix = option(made_with(site, _PARSER), None, "auto_env_var_prefix")
    name = long_name(site)
    if prefix is None or isinstance(prefix, Nothing) or name is None or is_other(site) or _is_of_file(site):
        return
    spelled = name.prefixed(prefix).replaced("-", "_").changed("upper")
    yield Use(spelled, "configargparse auto_env_var_prefix", need=need(site))


def _is_of_file(site: Site) -> bool:
    """Whether an option takes the path of a configuration file."""
    flags = (site.argument(None, name) for name in ("is_config_file", "is_write_out_config_file_arg"))
    return any(flag is not None and flag.value == Known("True") for flag in flags)


CONFIGARGPARSE = Reader(
    name="configargparse",
    triggers=(b"configargparse",),
    calls={f"{holder}.{method}": _added for holder in holders(_PARSER) for method in METHODS},
    objects=holders(_PARSER),
    aliases={
        "configargparse.ArgParser": "configargparse.ArgumentParser",
        "configargparse.Parser": "configargparse.ArgumentParser",
        "configargparse.getArgumentParser": "configargparse.get_argument_parser",
        "configargparse.getArgParser": "configargparse.get_argument_parser",
        "configargparse.getParser": "configargparse.get_argument_parser",
        "configargparse.get_argument_parser()": _PARSER,
    },
    silent=(
        Example("import argparse\np = argparse.ArgumentParser()\np.add_argument('--a', env_var='A')\n"),
        Example(
            "import configargparse\np = configargparse.ArgParser(auto_env_var_prefix='P_')\n"
            "p.add('-c', '--config', is_config_file=True)\np.add('file')\np.add('-x')\n"
        ),
    ),
    examples=(
        Example(
            "import configargparse\np = configargparse.ArgParser()\np.add('--a', env_var='A')\n"
            "p.add_argument_group('g').add_argument('-b', '--bb', env_var='B', default=1)\n"
            "def more(parser):\n    parser.add('--c', env_var='C')\nmore(p)\n",
            ("3:23 A read optional", "4:63 B read defaulted", "6:32 C read optional"),
        ),
        Example(
            "from configargparse import ArgumentParser\np = ArgumentParser(auto_env_var_prefix='app_')\n"
            "p.add_argument('-h', '--db-host')\np.add_argument('--port', default=1)\n",
            ("3:23 APP_DB_HOST read optional", "4:17 APP_PORT read defaulted"),
            "the names that options have by themselves",
        ),
    ),
)
