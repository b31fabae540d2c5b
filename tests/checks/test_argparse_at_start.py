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

# Programs that fail without it.
FOUND = {
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
