"""Generates programs with all combinations of a library's options, prefixes and kinds of reads."""

from __future__ import annotations

from hypothesis import strategies as st

NAMES = ("a", "B", "db_host", "Key2")
_ENV_PREFIXES = ("", "APP_", "x")
_DEFAULTS = ("", ', "d"', ", None", ', default="d"', ", default=None")


def _indented(text: str, depth: int) -> str:
    return "    " * depth + text


@st.composite
def environs(draw: st.DrawFn) -> str:
    """Getters with prefixes of the constructor and of `with` blocks, for both classes."""
    kind = draw(st.sampled_from(("Env", "FileAwareEnv")))
    options = [f"prefix={prefix!r}"] if (prefix := draw(st.sampled_from(_ENV_PREFIXES))) else []
    if kind == "FileAwareEnv" and draw(st.booleans()):
        options.append('file_suffix="_PATH"')
    lines = [f"from environs import {kind} as Made", f"env = Made({', '.join(options)})", "x = []"]
    for depth in range(draw(st.integers(0, 2)) + 1):
        for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2)):
            getter = draw(st.sampled_from(("", ".str", ".list")))
            lines.append(
                _indented(f"x.append(env{getter}({name!r}{draw(st.sampled_from(_DEFAULTS))}))", depth)
            )
        inner = draw(st.sampled_from(("IN_", "Deep_")))
        named = " as env" if draw(st.booleans()) else ""
        lines.append(_indented(f"with env.prefixed({inner!r}){named}:", depth))
    return "\n".join(lines[:-1]) + "\n"


@st.composite
def django_environ(draw: st.DrawFn) -> str:
    """Getters with schemes, with prefixes that are set later, and with implied names."""
    kind = draw(st.sampled_from(("Env", "FileAwareEnv")))
    scheme = draw(st.sampled_from(("", "B=(str, 'd')", "APP_B=(str, 'd')", "a=str")))
    lines = ["import environ", f"env = environ.{kind}({scheme})", "x = []"]
    if kind == "FileAwareEnv":
        lines.append("env.ENVIRON.files_cache.clear()")  # the prefix is kept for the next run
    for _ in range(draw(st.integers(1, 2))):
        if draw(st.booleans()):
            lines.append(f"env.prefix = {draw(st.sampled_from(_ENV_PREFIXES))!r}")
        for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3)):
            default = draw(st.sampled_from(("", ', default="d"', ", default=None")))
            getter = draw(st.sampled_from(("", ".str", ".get_value")))
            lines.append(f"x.append(env{getter}({name!r}{default}))")
        if draw(st.booleans()):
            lines.append("x.append(env.db(default='sqlite:///x'))")
    return "\n".join(lines) + "\n"


@st.composite
def starlette(draw: st.DrawFn) -> str:
    """Reads of a `Config` with and without a prefix, from the process or an `Environ`."""
    prefix = draw(st.sampled_from(("", ", env_prefix='APP_'", ", env_prefix='x'")))
    given = draw(st.sampled_from(("environ=environ", "environ=Environ()", "env_file=None")))
    lines = [
        "from starlette.config import Config, Environ, environ",
        f"config = Config({given}{prefix})",
        "x = []",
    ]
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4)):
        default = draw(st.sampled_from(("", ', default="d"', ", default=None", ', str, "d"')))
        lines.append(f"x.append(config{draw(st.sampled_from(('', '.get')))}({name!r}{default}))")
    return "\n".join(lines) + "\n"


@st.composite
def dynaconf(draw: st.DrawFn) -> str:
    """Settings that are read in every way, with every kind of prefix and separator."""
    prefixes = ("'app'", "'APP,Web'", "''", "False", "None", "'DYNACONF'")
    options = [f"envvar_prefix={draw(st.sampled_from(prefixes))}"] if draw(st.booleans()) else []
    if draw(st.booleans()):
        options.append(f"nested_separator={draw(st.sampled_from(('___', '__')))!r}")
    asked = ("s.get({0!r})", "s.get('{0}.{1}')", "s({0!r}, None)", "s.get('{0}_of_{1}')", "s.exists({0!r})")
    lines = ["from dynaconf import Dynaconf", f"s = Dynaconf({', '.join(options)})", "x = []"]
    for form in draw(st.lists(st.sampled_from(asked), min_size=1, max_size=4)):
        names = draw(st.tuples(st.sampled_from(("zone", "Mail")), st.sampled_from(("host", "PORT"))))
        lines.append(f"x.append({form.format(*names)})")
    return "\n".join(lines) + "\n"


@st.composite
def click(draw: st.DrawFn) -> str:
    """Nested groups with a prefix on any of them or at the call, and options in every spelling."""
    depth = draw(st.integers(0, 2))
    lines = ["import click", "x = []"]
    names: list[str] = []
    for level in range(depth + 1):
        own = f"f{level}_{draw(st.sampled_from(('run', 'it_cmd', 'Two')))}"
        kind = "group" if level < depth else "command"
        options = []
        if level and draw(st.booleans()):
            own_name = draw(st.sampled_from(("do-it", "go")))
            options.append(repr(own_name))
        else:
            own_name = ""
        if draw(st.booleans()):
            prefix = draw(st.sampled_from(("APP", "my-tool")))
            options.append(f"context_settings={{'auto_envvar_prefix': {prefix!r}}}")
        lines.append(f"@{names[-1] if names else 'click'}.{kind}({', '.join(options)})")
        for index, declared in enumerate(draw(st.lists(st.sampled_from(_OPTIONS), max_size=2, unique=True))):
            default = "" if "--on" in declared else ", default='d'"
            extra = draw(st.sampled_from(("", f", envvar='E{level}{index}_ON'", default)))
            lines.append(f"@click.option({declared}{extra})")
        lines += [f"def {own}(**given):", "    x.append(sorted(given.items()))"]
        names.append(own)
    called = "".join(f", {name}.name" for name in names[1:]).lstrip(", ")
    extra = draw(st.sampled_from(("", ", auto_envvar_prefix='late'")))
    lines.append(f"{names[0]}.main([{called}], standalone_mode=False{extra})")
    return "\n".join(lines) + "\n"


_OPTIONS = (
    "'--db-host'",
    "'-p', '--port'",
    "'-x'",
    "'--long', 'other'",
    "'-v', '--Very-Loud'",
    "'--on/--off'",
)


@st.composite
def configargparse(draw: st.DrawFn) -> str:
    """Options with and without their own variables, in groups, with a prefix or without."""
    prefix = draw(st.sampled_from(("", "auto_env_var_prefix='app_'", "auto_env_var_prefix='my-'")))
    lines = [
        "import configargparse",
        f"p = configargparse.ArgParser({prefix})",
        "g = p.add_argument_group('g')",
    ]
    declared = ("'--db-host'", "'-p', '--port'", "'-x'", "'--long', dest='other'")
    for names in draw(st.lists(st.sampled_from(declared), min_size=1, max_size=4, unique=True)):
        extra = draw(st.sampled_from(("", ", env_var='OWN'", ", default='d'")))
        lines.append(f"{draw(st.sampled_from('pg'))}.add_argument({names}{extra})")
    return "\n".join([*lines, "x = p.parse_args([])"]) + "\n"


GENERATED = {
    "environs": ("environs", environs()),
    "django-environ": ("environ", django_environ()),
    "starlette": ("starlette.config", starlette()),
    "dynaconf": ("dynaconf", dynaconf()),
    "click": ("click", click()),
    "configargparse": ("configargparse", configargparse()),
}
