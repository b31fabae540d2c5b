"""Makefiles: the environment variables that make reads, and those that the shells of recipes expand."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter, itemgetter

from msgspec.structs import replace

from configvars.limits import GIFTS
from configvars.model import Example, FileFacts, Need, PresetVariable, Reference, Start, Variable
from configvars.patterns import lazy_pattern
from configvars.sources.base import Source
from configvars.sources.env_names import is_env_file_name
from configvars.sources.shell_script import need_of
from configvars.sources.starts import files_within, starts_of, starts_within, within
from configvars.syntax.env_names import is_upper_name
from configvars.syntax.shell import assigned_names, expansions
from configvars.text import Span

KIND = "makefile"
_NAME = lazy_pattern(r"(?:GNU)?[Mm]akefile(?:\..*)?|.*\.mk")
# `$(NAME)` and `${NAME}` are make's; `$NAME` is `$(N)AME`, and `$$NAME` the shell's.
_TOKEN = lazy_pattern(
    r"(?P<shell>\$\$)|\$[({](?P<name>[A-Za-z_][A-Za-z0-9_]*)[)}:]|(?P<comment>(?:^|(?<=\s))#[^\n]*)"
)
_SET = lazy_pattern(
    r"^(?:[\w./%-]+[ \t]*:[ \t]*)?[ \t]*(?:(?:export|override|define)[ \t]+)*(?P<name>[A-Za-z_]\w*)[ \t]*(?P<how>\?|:{0,3}|\+|!)=|"
    r"^define[ \t]+(?P<defined>\w+)|\$\(foreach[ \t]+(?P<each>\w+)",
    re.MULTILINE,
)
# Variables that make sets itself: https://www.gnu.org/software/make/manual/html_node/Implicit-Variables.html
_OF_MAKE = frozenset(
    {
        *(
            "AR",
            "ARFLAGS",
            "AS",
            "CC",
            "CFLAGS",
            "CPP",
            "CPPFLAGS",
            "CURDIR",
            "CXX",
            "CXXFLAGS",
            "FC",
            "LDFLAGS",
        ),
        *("LDLIBS", "LEX", "MAKE", "MAKECMDGOALS", "MAKEFILES", "MAKEFILE_LIST", "MAKEFLAGS", "MAKELEVEL"),
        *("MAKEOVERRIDES", "MFLAGS", "RM", "SHELL", "SUFFIXES", "VPATH", "YACC"),
    }
)
_RECIPE = lazy_pattern(r"^\t(?:[^\n]*\\\r?\n)*[^\n]*", re.MULTILINE)
# `export X = 1`, or for one target `run: export X = 1`; `export X Y` exports what is set elsewhere.
_EXPORT = lazy_pattern(
    r"^(?:(?P<target>[\w./%-]+)[ \t]*:[ \t]*)?(?:override[ \t]+)?export[ \t]+(?P<name>[A-Za-z_]\w*)[ \t]*(?:\?|:{0,3})=",
    re.MULTILINE,
)
_EXPORTED = lazy_pattern(r"^export(?P<names>(?:[ \t]+[A-Za-z_]\w*)*)[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_ALL_EXPORTED = lazy_pattern(r"^\.EXPORT_ALL_VARIABLES[ \t]*:", re.MULTILINE)
_RULE = lazy_pattern(r"^(?P<targets>[^\s:=#][^:=#\n]*):(?!=|[^\n]*\bexport\b)", re.MULTILINE)
_INCLUDE = lazy_pattern(r"^-?include[ \t]+(?P<path>[^\s#$]+)", re.MULTILINE)
_WORD = lazy_pattern(r"\b[A-Z][A-Z0-9_]*\b", re.ASCII)


def _analyze(path: str, text: str) -> FileFacts:
    references = sorted((*_of_make(text), *_of_shells(text)), key=lambda found: found.span)
    mentions = frozenset(_WORD.findall(text))
    return FileFacts(path, KIND, tuple(references), mentions=mentions, starts=starts_within(_starts(text)))


def _starts(text: str) -> Iterator[Start]:
    """The programs that recipes start, the variables that the makefile exports, and the env files that it includes."""
    everywhere, by_target = list[PresetVariable](), defaultdict[str, list[PresetVariable]](list)
    for target, gift in within(_presets(text), GIFTS):
        (by_target[target] if target else everywhere).append(gift)
    shared = tuple(everywhere)
    files = files_within(
        found["path"] for found in _INCLUDE.finditer(text) if is_env_file_name(found["path"])
    )
    rules = [(found.start(), found["targets"].split()) for found in _RULE.finditer(text)]
    for line in _RECIPE.finditer(text):
        rule = bisect(rules, line.start(), key=itemgetter(0))
        above = rules[rule - 1][1] if rule else []
        of_targets = [gift for target in above for gift in by_target.get(target, ())]
        given = tuple(sorted((*shared, *of_targets), key=attrgetter("span"))) if of_targets else shared
        command = re.sub(r"\\\r?\n", " ", line[0]).strip("\t\r -@").replace("$$", "$")
        for start in starts_of(command, Span(*line.span()), "make", given):
            included = (posixpath.relpath(file, start.folder or ".") for file in files)
            yield replace(start, env_files=(*included, *start.env_files))


def _presets(text: str) -> Iterator[tuple[str, PresetVariable]]:
    """The variables that the makefile exports, each with the one target that it is exported for, if it is for one."""
    for found in _EXPORT.finditer(text):
        yield found["target"] or "", PresetVariable(found["name"], Span(*found.span("name")))
    listed = [found["names"].split() for found in _EXPORTED.finditer(text)]
    is_every = _ALL_EXPORTED.search(text) is not None or [] in listed
    names = {name for each in listed for name in each}
    for found in _SET.finditer(text):
        if found["name"] and found["how"] != "?" and (is_every or found["name"] in names):
            yield "", PresetVariable(found["name"], Span(*found.span("name")))


def _of_make(text: str) -> Iterator[Reference]:
    defaults = {found["name"] for found in _SET.finditer(text) if found["how"] == "?"}
    own = {found["name"] or found["defined"] or found["each"] for found in _SET.finditer(text)} - defaults
    for found in _TOKEN.finditer(text):
        name = found["name"]
        if name and is_upper_name(name) and name not in own and name not in _OF_MAKE:
            span = Span(*found.span("name"))
            need = Need.DEFAULTED if name in defaults else Need.OPTIONAL
            yield Reference(Variable("env", name), span, KIND, need=need)


def _of_shells(text: str) -> Iterator[Reference]:
    """The text after two dollar signs, of which make leaves one for the shell."""
    for line in _RECIPE.finditer(text):
        # Other dollar signs belong to make and are replaced by blanks, so that spans do not change.
        command = re.sub(r"\$\$|\$", lambda dollar: " $" if len(dollar[0]) == 2 else " ", line[0])
        own = assigned_names(command)
        for found in expansions(command):
            need = need_of(defaulted=found.defaulted, required=found.required)
            if is_upper_name(found.name) and (need is not Need.OPTIONAL or found.name not in own):
                span = Span(found.span.start + line.start(), found.span.end + line.start())
                yield Reference(Variable("env", found.name), span, KIND, need=need)


MAKEFILE = Source(
    name=KIND,
    matches=lambda name: _NAME.fullmatch(name) is not None,
    analyze=_analyze,
    examples=(
        Example("shop.o: shop.c\n\techo python\n", note="starts nothing"),
        Example("out: $(wildcard *.py)\n\techo $@ $< $^ $(other)\n", note="make's own"),
        Example(
            "include .env\nexport key = 1\nrun:\n\t@cd web && \\\n\tflask --app shop run\n",
            ("starts flask shop in web after ../.env with key",),
            note="programs that a recipe starts",
        ),
        Example(
            "A = 1\nB = 2\nexport A\nrun: export C = 3\nrun: deps\n\tpython app.py\ntest:\n\tpytest\n",
            (
                *("mentions A", "mentions B", "mentions C"),
                *("starts python app.py with A C", "starts pytest with A"),
            ),
            note="variables that are exported for all targets or for one",
        ),
        Example(
            "run:\n\tset -a && . ./a.env && python app.py\ntest:\n\tenv $$(cat b.env | xargs) pytest\n",
            ("starts python app.py after a.env", "starts pytest after b.env"),
            note="env files that a recipe exports",
        ),
        Example(
            "A = 1\r\nexport A\r\nrun:\r\n\tcd web && \\\r\n\tpython app.py\r\n",
            ("mentions A", "starts python app.py in web with A"),
            note="Windows line endings",
        ),
        Example(
            ".EXPORT_ALL_VARIABLES:\na = 1\nb ?= 2\nrun:\n\tpython app.py\n",
            ("mentions EXPORT_ALL_VARIABLES", "starts python app.py with a"),
            note="variables that the makefile sets",
        ),
        Example(
            "# $(NOT)\nAPP = shop\nPORT ?= 80\nrun:\n\trun $(APP) $(PORT) ${HOST} $VERY $$TOKEN $${KEY:?}\n",
            (
                *("5:15 PORT defaulted", "5:23 HOST optional", "5:37 TOKEN optional", "5:46 KEY required"),
                *("mentions APP", "mentions HOST", "mentions KEY", "mentions NOT", "mentions PORT"),
                *("mentions TOKEN", "mentions VERY"),
            ),
            note="`$VERY` is `$(V)ERY`",
        ),
    ),
)
