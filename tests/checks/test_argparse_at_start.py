"""`check --deploy`: options of argparse with defaults from variables. Each program is also really started."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import failing, is_reported, starting

_PROCFILE = "-- Procfile --\nworker: python app.py{}\n"
_PARSER = (
    f"{_PROCFILE.format('')}-- app.py --\nimport argparse, os, sys\np = argparse.ArgumentParser(prog='x')\n"
)
_URL = "p.add_argument('--url', default=os.environ.get('A'))\n"
_ARGS = f"{_PARSER}{_URL}args = p.parse_args()\n"
_A, _A_OR_X = "os.getenv('A')", "os.getenv('A', 'x')"
_OPTIONAL, _ANY = "nargs='?'", "nargs='*'"
_USED = "args.url.split('/')\n"

# Programs that start without the variable.
SILENT = {
    "not used": f"{_ARGS}print(args.url)\n",
    "tested": f"{_ARGS}if args.url:\n    {_USED}",
    "set": f"{_ARGS}if args.url is None:\n    args.url = 'x'\n{_USED}",
    "a default": (
        f"{_PARSER}p.add_argument('--url', default=os.getenv('A', 'x'))\nargs = p.parse_args()\n{_USED}"
    ),
    "arguments in the code": f"{_PARSER}{_URL}args = p.parse_args(['--url', 'x'])\n{_USED}",
    "arguments set by the code": (
        f"{_PARSER}{_URL}sys.argv[1:] = ['--url', 'x']\nargs = p.parse_args()\n{_USED}"
    ),
    "arguments that the code adds": (
        f"{_PARSER}{_URL}from sys import argv\nargv.append('--url=x')\nargs = p.parse_args()\n{_USED}"
    ),
    "another namespace": (
        f"{_PARSER}{_URL}args = p.parse_args(namespace=argparse.Namespace(url='x'))\n{_USED}"
    ),
    "another default": f"{_PARSER}{_URL}p.set_defaults(url='x')\nargs = p.parse_args()\n{_USED}",
    "the default of the first option": (
        f"{_PARSER}p.add_argument('--x', dest='url', default='x')\n{_URL}args = p.parse_args()\n{_USED}"
    ),
    "a command": (
        f"{_PARSER}{_URL}s = p.add_subparsers().add_parser('x')\ns.set_defaults(url='y')\n"
        f"args = p.parse_args(['x'])\n{_USED}"
    ),
    "another parser": (
        f"{_PARSER}{_URL}p = argparse.ArgumentParser()\np.add_argument('--url', default='x')\n"
        f"args = p.parse_args()\n{_USED}"
    ),
    "the exit is caught": (
        f"{_ARGS}try:\n    if not args.url:\n        p.error('x')\nexcept SystemExit:\n    pass\n"
    ),
    "converted": (
        f"{_PARSER}p.add_argument('--n', type=int, default=os.getenv('A', '3'))\nrange(p.parse_args().n)\n"
    ),
}

_INT = f"{_PARSER}p.add_argument('--n', type=int, default=os.getenv('A', ''))\n"
_PLACE = f"{_PARSER}p.add_argument('url', nargs='?', default=os.getenv('A'))\nargs = p.parse_args()\n"
SILENT |= {
    "a type that accepts an empty default": f"{_INT.replace('=int', '=str')}p.parse_args()\n",
    "a function of a type that accepts it": (
        f"{_INT.replace('=int', '=lambda text: int(text or 1)')}range(p.parse_args().n)\n"
    ),
    "a default that is converted": f"{_INT}range(p.parse_args().n)\n".replace("''", "'1'"),
    "a type that is not used": f"{_INT}p.set_defaults(n=1)\np.parse_args()\n",
    "an error of the parser that is caught": (
        f"{_INT}try:\n    p.parse_args()\nexcept SystemExit:\n    pass\n"
    ),
    "a positional argument that is tested": f"{_PLACE}if args.url:\n    {_USED}",
    "a positional argument with a default": f"{_PLACE.replace(_A, _A_OR_X)}{_USED}",
}

# Programs that fail without it.
FOUND = {
    "a type that refuses an empty default": f"{_INT}p.parse_args()\n",
    "a function as type": (
        f"{_INT.replace('=int', '=number')}p.parse_args()\n".replace(
            "p = ", "def number(text):\n    return int(text)\np = "
        )
    ),
    "a positional argument": f"{_PLACE}{_USED}",
    "positional arguments": f"{_PLACE.replace(_OPTIONAL, _ANY)}{_USED}",
    "used": f"{_ARGS}{_USED}",
    "error": f"{_ARGS}if not args.url:\n    p.error('set it')\n",
    "exit": f"{_ARGS}if args.url is None:\n    sys.exit('set it')\n",
    "required": (
        f"{_PARSER}p.add_argument('--url', default=os.getenv('A'), required=not os.getenv('A'))\n"
        "p.parse_args()\n"
    ),
    "required unless it is set": (
        f"{_PARSER}p.add_argument('-u', '--url', required='A' not in os.environ)\np.parse_args()\n"
    ),
    "another attribute": (
        f"{_PARSER}p.add_argument('-u', '--base-url', default=os.getenv('A'))\n"
        "p.parse_args().base_url.split()\n"
    ),
    "a short option": (
        f"{_PARSER}p.add_argument('-u', dest='url', default=os.getenv('A'))\np.parse_args().url.split()\n"
    ),
    "converted unless it is None": (
        f"{_PARSER}p.add_argument('--n', type=int, default=os.getenv('A'))\nrange(p.parse_args().n)\n"
    ),
    "a group": (
        f"{_PARSER}g = p.add_argument_group('x')\ng.add_argument('--url', default=os.getenv('A'))\n"
        f"args, rest = p.parse_known_args()\n{_USED}"
    ),
    "functions": (
        f"{_PARSER}def add(q):\n    q.add_argument('--url', default=os.getenv('A'))\ndef main(argv=None):\n"
        f"    add(p)\n    args = p.parse_args(argv)\n    {_USED}main()\n"
    ),
    "a dict": f"{_PARSER}{_URL}args = vars(p.parse_args())\nargs['url'].split()\n",
}

test_program_that_starts_without_its_variable = starting(SILENT, "sys.argv = ['x']; import app")
test_program_that_fails_while_it_starts = failing(FOUND, "sys.argv = ['x']; import app")


@pytest.mark.parametrize(
    ("arguments", "is_found"),
    [
        *((each, True) for each in ("", " --verbose", " -u --debug=1")),
        *((each, False) for each in (" x", " --n 1", " $X", " && echo", " < x")),
    ],
)
def test_positional_argument_that_a_command_passes(tmp_path: Path, arguments: str, is_found: bool) -> None:
    files = f"{_PLACE}{_USED}".replace(_PROCFILE.format(""), _PROCFILE.format(arguments))
    assert is_reported(tmp_path, files) == is_found


@pytest.mark.parametrize(
    ("procfile", "is_found"),
    [
        (_PROCFILE.format(" --verbose --other-url=x"), True),
        (_PROCFILE.format(" --url x"), False),
        (_PROCFILE.format(" --ur=x"), False),
        (_PROCFILE.format(" $OPTIONS"), False),
        ("-- Procfile --\nworker: bash -c 'python app.py --url x'\n", False),
        ('-- Procfile --\nworker: ./run.sh --url x\n-- run.sh --\npython app.py "$@"\n', False),
        ("-- Procfile --\nworker: sh run.sh\n-- run.sh --\nexec python app.py \\\n  --url x\n", False),
        (
            "-- Procfile --\nworker: honcho start -f Procfile.all\n"
            "-- Procfile.all --\nw: python app.py --url x\n",
            False,
        ),
    ],
)
def test_option_that_a_command_passes(tmp_path: Path, procfile: str, is_found: bool) -> None:
    files = f"{_ARGS}{_USED}".replace(_PROCFILE.format(""), procfile)
    assert is_reported(tmp_path, files) == is_found
