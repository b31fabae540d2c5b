"""`os.environ`, `os.getenv` and other ways in the standard library; how tests set variables."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Access, Example
from configvars.names.values import Str
from configvars.readers.base import Argument, Fact, Handler, Reader, Site, Use
from configvars.readers.expandvars import expanded
from configvars.readers.formatted import TEMPLATES
from configvars.readers.given_getters import is_environ, mapped, taken_out
from configvars.readers.handlers import contained, getter, item, written
from configvars.readers.layers import layered, merged
from configvars.readers.set_tests import superset


def _updated(site: Site) -> Iterator[Fact]:
    """`os.environ.update({"X": …}, Y=…)`, `os.environ |= {…}`, `patch.dict(os.environ, {…})`."""
    idiom = "os.environ |=" if site.path in _ENVIRONS else site.path.replace("()", "")
    pairs = (pair for argument in site.call.positional for pair in site.pairs(argument))
    for key in (*(key for key, _ in pairs), *_keywords(site)):
        yield Use(key, idiom, Access.WRITE, sets=True)


def _keywords(site: Site) -> Iterator[Argument]:
    """The names of a call's keyword arguments, at their places."""
    for name, _ in site.call.keywords:
        place = site.keyword(name)
        if place is not None:
            yield Argument(Str(name), place)


def _patched(site: Site) -> Iterator[Fact]:
    """`mock.patch.dict(os.environ, {…}, X=…)`: writes that last as long as a test."""
    target = site.argument(0, "in_dict")
    if target is None or not is_environ(target):
        return
    values = site.argument(1, "values")
    for key, _ in site.pairs(values) if values is not None else ():
        yield Use(key, "mock.patch.dict", Access.WRITE)
    for key in _keywords(site):
        if key.value not in (Str("in_dict"), Str("values"), Str("clear")):
            yield Use(key, "mock.patch.dict", Access.WRITE)


def _item_set(site: Site) -> Iterator[Fact]:
    """`monkeypatch.setitem(os.environ, "X", …)` and `delitem`."""
    target, key = site.argument(0, "dic"), site.argument(1, "name")
    if target is not None and key is not None and is_environ(target):
        yield Use(key, site.path.replace("pytest.MonkeyPatch()", "monkeypatch"), Access.WRITE)


def _mapping(path: str, idiom: str) -> dict[str, Handler]:
    """The methods of `os.environ`."""
    shown = f"{idiom}.get"
    return {
        f"{path}.get": getter(shown),
        f"{path}.__getitem__": getter(f"{idiom}[]", default=None, raises=True),
        f"{path}.pop": getter(f"{idiom}.pop"),
        f"{path}.setdefault": getter(f"{idiom}.setdefault", sets=True),
        f"{path}.update": _updated,
        f"{path}.__setitem__": written(f"{idiom}[]"),
        f"{path}.__delitem__": written(f"{idiom}[]", sets=False),
        f"{path}.__contains__": contained(f"in {idiom}"),
        f"{path}.has_key": contained(f"in {idiom}"),
    }


def _popped(site: Site) -> Iterator[Fact]:
    """`os.environ.pop("X")` raises if the variable is not set; with a second argument it does not."""
    key = site.argument(0, "key")
    default = site.argument(1, "default")
    if key is not None:
        yield Use(key, "os.environ.pop", default=default, raises=default is None)


def _popped_from_copy(site: Site) -> Iterator[Fact]:
    if site.argument(1, "default") is None and not site.call.rest:
        yield from _popped(site)


def _copied(path: str, idiom: str) -> Iterator[tuple[str, Handler]]:
    """The methods of a copy of `os.environ`.

    `pop` with a default hides a name from another program, so it is no read; without one it raises.
    """
    for method, handler in _mapping(path, idiom).items():
        if method.endswith(".pop"):
            yield method, layered(_popped_from_copy)
        else:
            yield method, merged(handler) if method.endswith(".update") else layered(handler)


_COPIES = ("os.environ.copy()", "os.environb.copy()")
_ENVIRONS = ("os.environ", "os.environb")

_MAPPING = ("builtins.map", "builtins.filter", "itertools.filterfalse")

OS_ENVIRON = Reader(
    name="os.environ",
    triggers=(b"environ", b"getenv", b"putenv", b"unsetenv", b"expandvars", b"setenv", b"delenv"),
    given=("functools.partial", *_MAPPING),
    keep=TEMPLATES,
    calls={
        **_mapping("os.environ", "os.environ"),
        **_mapping("os.environb", "os.environb"),
        **dict(_copied("os.environ.copy()", "os.environ")),
        **dict(_copied("os.environb.copy()", "os.environb")),
        "os.environ.pop": _popped,
        "os.getenv": getter("os.getenv"),
        "os.getenvb": getter("os.getenvb"),
        "os.putenv": written("os.putenv", sets=False),
        "os.unsetenv": written("os.unsetenv", sets=False),
        "os.path.expandvars": expanded,
        **dict.fromkeys(("os.environ.keys().issuperset", "os.environ.copy().keys().issuperset"), superset),
        "operator.itemgetter()": taken_out,
        **dict.fromkeys(_MAPPING, mapped),
        **{
            f"pytest.MonkeyPatch(){context}.{name}": getter(
                f"monkeypatch.{name}", key=(0, "name"), default=None, access=Access.WRITE
            )
            for context in ("", ".context()")
            for name in ("setenv", "delenv")
        },
        "pytest.MonkeyPatch().setitem": _item_set,
        "pytest.MonkeyPatch().delitem": _item_set,
        "unittest.mock.patch.dict": _patched,
    },
    subscripts={
        **{path: item(f"{path}[]") for path in _ENVIRONS},
        **{path: layered(item(f"{path.removesuffix('.copy()')}[]")) for path in _COPIES},
    },
    tests={
        path: contained(f"in {path.removesuffix('.copy()')}")
        for path in (*_ENVIRONS, *_COPIES, "os.environ.keys()", "os.environ.copy().keys()")
    },
    merges={**dict.fromkeys(_ENVIRONS, _updated), **dict.fromkeys(_COPIES, merged(_updated))},
    aliases={
        "posix.environ": "os.environ",
        "subprocess.os": "os",
        "shutil.os": "os",
        "pytest.MonkeyPatch.context": "pytest.MonkeyPatch().context",
        "_pytest.monkeypatch.MonkeyPatch": "pytest.MonkeyPatch",
        "mock.patch": "unittest.mock.patch",
        "posixpath.expandvars": "os.path.expandvars",
    },
    fixtures={"monkeypatch": "pytest.MonkeyPatch()"},
    silent=(
        Example("def app(environ, start_response):\n    return environ['PATH_INFO']\n", note="WSGI"),
        Example("import environ\nenviron['X']\n", note="another module"),
        Example("import os\n# os.environ['X']\n'''os.environ['X']'''\n"),
        Example("import os\ndef f(os):\n    return os.environ['X']\n", note="shadowed"),
        Example("class os:\n    environ = {}\nos.environ['X']\n"),
        Example("import os\ne = os.environ\ne = {}\ne['X']\n", note="assigned again"),
        Example("import os\ne = os.environ.copy()\ne['X'] = '1'\n", note="writes to a copy do not count"),
        Example("import os\ne = os.environ.copy()\ne.pop('X', None)\n", note="hidden from another program"),
        Example(
            "import os\ne = os.environ | {'X': '1'}\ne['X']\ndict(os.environ, Y='1')['Y']\n",
            note="merged over a copy",
        ),
        Example(
            "import os, string\nstring.Template('$X').substitute({'X': '1'})\n'{X}'.format(**{'X': os.environ})\n"
        ),
    ),
    examples=(
        Example(
            "import os\ne = os.environ.copy()\ne.pop('X')\n",
            ("3:8 X read required",),
            note="raises if it is not set",
        ),
        Example(
            "import os\nos.environ['A']\nos.environ.get('B')\nos.getenv('C', 'x')\n'D' in os.environ\n",
            ("2:13 A read required", "3:17 B read optional", "4:12 C read defaulted", "5:2 D test -"),
        ),
        Example(
            "import os as o\nfrom os import environ as e, getenv as g\no.environ['A']\ne['B']\ng('C')\n",
            ("3:12 A read required", "4:4 B read required", "5:4 C read optional"),
        ),
        Example(
            "import os\nos.environ['A'] = '1'\ndel os.environ['B']\nos.putenv('C', '1')\nos.unsetenv('D')\n",
            ("2:13 A write -", "3:17 B write -", "4:12 C write -", "5:14 D write -"),
        ),
        Example(
            "import os\nfrom dotenv import dotenv_values\nos.environ.update(dotenv_values('x.env'))\nos.environ |= dotenv_values()\n",
            (
                "3:19 loads x.env (cwd) override",
                "3:33 loads x.env (cwd)",
                "4:15 loads the nearest .env (file)",
                "4:15 loads the nearest .env (file) override",
            ),
            note="env files that the code loads into the environment",
        ),
        Example(
            "import os\nos.environ.update({'A': '1'}, C='1')\nos.environ |= {'B': '1'}\n",
            ("2:21 A write -", "2:31 C write -", "3:17 B write -"),
        ),
        Example(
            "import os\nenv = dict(os.environ)\nenv['A']\n{**os.environ, 'X': '1'}.get('B')\n",
            ("3:6 A read required", "4:31 B read optional"),
        ),
        Example(
            "import os\nenv = {'A': '1', **os.environ}\nenv['A']\nenv['B']\n({'C': '1'} | os.environ)['C']\n"
            "env = {**load(), **os.environ}\nenv['D']\n",
            ("3:6 A read defaulted", "4:6 B read required", "5:28 C read defaulted", "7:6 D read optional"),
            "defaults beneath the environment, some of which only the program knows",
        ),
        Example(
            "import os\nenv = os.environ.copy()\nenv['A'] = '1'\nenv.update({'B': '1'}, C='1')\nenv.setdefault('D', '1')\n"
            "env |= {'E': '1'}\nenv['A'], env['B'], env['C'], env['D'], env['E'], env['F'], os.environ['A']\n"
            "env.update(load())\nenv['G']\n",
            (
                *("7:6 A read guarded", "7:16 B read guarded", "7:26 C read guarded", "7:36 D read guarded"),
                *("7:46 E read guarded", "7:56 F read required", "7:73 A read required"),
                "9:6 G read guarded",
            ),
            "set in the copy before it is read",
        ),
        Example(
            "import os\nclass Job:\n    def __init__(self):\n        self.env = os.environ.copy()\n"
            "        for name in ('A', 'B'):\n            self.env[name] = '1'\n"
            "    def run(self):\n        self.env['A'], self.env['C']\n",
            ("8:19 A read guarded", "8:34 C read required"),
            "set in a copy that an object keeps",
        ),
        Example(
            "import os\nos.path.expandvars('$HOME/${A_B}')\nos.path.expandvars(f'$C/{x()}/$D{x()}\\n')\n",
            ("2:22 HOME read optional", "2:29 A_B read optional", "3:20 C read optional"),
        ),
        Example(
            "import os\n'{A}:{B!r}{{C}}'.format(**os.environ), '{D[0]}'.format_map(os.environ), '%(E)s%%(F)s' % os.environ\n"
            "'{A}'.format(**other), '%(A)s' % values, '{A}'.format(os.environ)\n"
            "'{G}{H}'.format(H=1, **dict(os.environ)), '{I}{J}'.format_map({'I': 1} | os.environ | {'J': 1})\n",
            (
                *(
                    "2:3 A read required",
                    "2:7 B read required",
                    "2:42 D read required",
                    "2:76 E read required",
                ),
                *("4:3 G read required", "4:45 I read defaulted"),
            ),
            "parts of a string",
        ),
        Example(
            "import os, string\nstring.Template('$A:${B_C}$$D').substitute(os.environ)\n"
            "string.Template('$E $F').substitute(os.environ, F=1)\nstring.Template('$G').substitute(**os.environ)\n",
            (
                *("2:19 A read required", "2:23 B_C read required"),
                *("3:19 E read required", "4:19 G read required"),
            ),
        ),
        Example(
            "import os\nfrom functools import partial\npartial(os.getenv, 'A')()\nlist(map(os.getenv, ('B', 'C')))\n",
            ("3:21 A read optional", "4:23 B read optional", "4:28 C read optional"),
        ),
        Example(
            "import os\nfrom functools import partial\nget = partial(os.getenv, default='')\nget('A')\n",
            ("4:6 A read defaulted",),
        ),
        Example(
            "import os\nfrom operator import itemgetter\nitemgetter('A', 'B')(os.environ)\nvars(os)['environ']['C']\n",
            ("3:13 A read required", "3:18 B read required", "4:22 C read required"),
        ),
        Example(
            "import os\nfor i in range(3):\n    n = 0\n    n += 1\n    os.environ[f'K_{n}']\n"
            "PREFIX = (  # of all names\n    'P_'\n)\nos.environ[PREFIX + 'A']\n",
            ("5:16 ? os.environ[]", "9:22 P_A read required"),
            "numbers are added up; comments are none of a value",
        ),
        Example(
            "import os\nmatch os.environ:\n    case {'A': '1', 'B': b}:\n        pass\n",
            ("3:12 A test -", "3:22 B test -"),
        ),
        Example(
            "import os\nfrom isolate import isolate_module\nos = isolate_module(os)\nos.environ['A']\n",
            ("4:13 A read required",),
            "a module that is wrapped",
        ),
        Example(
            "import os\nN = ['A', 'B']\nm = set(N) - os.environ.keys()\nif m:\n    raise SystemExit(m)\n"
            "assert {'C'}.issubset(os.environ) or {'D'} <= set(os.environ)\n",
            ("3:5 A test required", "3:5 B test required", "6:10 C test -", "6:40 D test -"),
            "a set of names",
        ),
        Example("import os\ndef f(name):\n    return os.environ[name]\n", ("3:23 ? os.environ[]",)),
        Example(
            "import os\ndef test(monkeypatch):\n    monkeypatch.setenv('A', '1')\n"
            "    monkeypatch.setitem(os.environ, 'B', '1')\n",
            ("3:25 A write -", "4:38 B write -"),
            "a write, whatever reads it",
        ),
    ),
)
