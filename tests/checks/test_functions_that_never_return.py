"""`os.getenv("A") or die()`: functions of the project that never return stand for no default.

Each program is really started.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.model import Need
from support.projects import opened
from support.started import failing, starting

_APP = "-- app.py --\nimport os, sys\n"
_DIE = f"{_APP}def die(text=''):\n    raise RuntimeError(text)\n"
_MAY = "def die(text='', strict=False):\n    if strict:\n        raise RuntimeError(text)\n"
_CLASS = f"{_APP}class Base:\n    def die(self):\n        raise RuntimeError\n    def key(self):\n"
_BAD = "-- helpers.py --\ndef die(text):\n    raise RuntimeError(text)\n"
_K = "K = os.getenv('A') or die('no A')\n"

# Programs that start without the variable.
SILENT = {
    "it returns on a path": f"{_APP}{_MAY}{_K}",
    "it returns a value": f"{_APP}{_MAY}    return text\n{_K}",
    "it returns early": f"{_APP}def die(text):\n    if text:\n        return\n    raise RuntimeError\n{_K}",
    "it logs": f"{_APP}import logging\ndef die(text):\n    logging.error(text)\n{_K}",
    "it catches what it raises": (
        f"{_APP}def die(text):\n    try:\n        raise RuntimeError(text)\n    except RuntimeError:\n"
        f"        print(text)\n{_K}"
    ),
    "it suppresses what it raises": (
        f"{_APP}import contextlib\ndef die(text):\n    with contextlib.suppress(RuntimeError):\n"
        f"        raise RuntimeError(text)\n{_K}"
    ),
    "`finally` returns": (
        f"{_APP}def die(text):\n    try:\n        raise RuntimeError(text)\n"
        f"    finally:\n        return 1\n{_K}"
    ),
    "a loop may not run": f"{_APP}def die(text):\n    for x in ():\n        raise RuntimeError(x)\n{_K}",
    "a loop ends": (
        f"{_APP}def die(text):\n    while True:\n        if text:\n            break\n"
        f"        raise RuntimeError(text)\n{_K}"
    ),
    "a match without a case for all": (
        f"{_APP}def die(text):\n    match text:\n        case 'x':\n            raise RuntimeError\n{_K}"
    ),
    "only the other function of the name": (
        f"{_DIE}def other():\n    def die(text):\n        return text\n"
        "    return os.getenv('A') or die('x')\nother()\n"
    ),
    "another module's": f"{_BAD}{_APP}def die(text):\n    return 1\n{_K}",
    "it is defined again": f"{_DIE}def die(text):\n    return 1\n{_K}",
    "one of two": (
        f"{_APP}if len(os.environ) > 10**6:\n    def die(text):\n        raise RuntimeError\nelse:\n"
        f"    def die(text):\n        return 1\n{_K}"
    ),
    "a coroutine": f"{_APP}async def die(text):\n    raise RuntimeError\n{_K}K and K.close()\n",
    "a generator": f"{_APP}def die(text):\n    raise RuntimeError\n    yield 1\n{_K}",
    "a decorator that catches": (
        f"{_APP}def safe(f):\n    def inner(*a):\n        try:\n            return f(*a)\n"
        "        except RuntimeError:\n            return 1\n    return inner\n"
        f"@safe\ndef die(text):\n    raise RuntimeError\n{_K}"
    ),
    "a subclass overrides it": (
        f"{_CLASS}        return os.getenv('A') or self.die()\n"
        "class Mine(Base):\n    def die(self):\n        return 1\nMine().key()\n"
    ),
    "a subclass replaces it by a name": (
        f"{_CLASS}        return os.getenv('A') or self.die()\n"
        "class Mine(Base):\n    die = str\nMine().key()\n"
    ),
    "a subclass elsewhere overrides it": (
        "-- base.py --\nimport os\nclass Base:\n    def die(self):\n        raise RuntimeError\n"
        "    def key(self):\n        return os.getenv('A') or self.die()\n"
        "-- app.py --\nfrom base import Base\nclass Mine(Base):\n"
        "    def die(self):\n        return 1\nMine().key()\n"
    ),
    "an abstract method": (
        f"{_APP}class Base:\n    def die(self):\n        raise NotImplementedError\n    def key(self):\n"
        "        return os.getenv('A') or self.die()\n"
        "class Mine(Base):\n    def die(self):\n        return 1\nMine().key()\n"
    ),
    "for types only": (
        f"{_BAD}{_APP}from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from helpers import die\n"
        f"else:\n    die = str\n{_K}"
    ),
    "a call that is caught": f"{_DIE}try:\n    {_K}except RuntimeError:\n    K = 'x'\n",
    "a default before it": f"{_DIE}K = os.getenv('A') or 'x' or die('x')\n",
    "only if another is set": f"{_DIE}K = os.getenv('A') or (os.getenv('B') and die('x'))\n",
    "it ends without an error": f"{_APP}def die(text):\n    sys.exit(0)\n{_K}",
    "it may end without an error": (
        f"{_APP}def run():\n    return 0\ndef die(text):\n    print(text)\n    sys.exit(run())\n{_K}"
    ),
    "it is called whether it is set or not": (
        f"{_APP}def run(text):\n    print(text)\n    os._exit(0)\nK = os.getenv('A')\nrun(K)\n"
    ),
    "behind `and`": f"{_DIE}K = os.getenv('A') and die('x')\n",
    "the other side of a condition": f"{_DIE}K = die('x') if 'A' in os.environ else 'x'\n",
    "a test before": f"{_DIE}if os.getenv('A'):\n    {_K}",
    "a loop of itself": (f"{_APP}def die(text):\n    return text and die(text[1:])\n{_K}"),
}
FAILING = {
    "it raises": f"{_DIE}{_K}",
    "it exits": f"{_APP}def die(text):\n    print(text)\n    sys.exit(text)\n{_K}",
    "it returns an exit": f"{_APP}def die(text):\n    return sys.exit(text)\n{_K}",
    "SystemExit": f"{_APP}def die(text):\n    raise SystemExit(text)\n{_K}",
    "NoReturn": (
        f"{_APP}from typing import NoReturn\ndef die(text: str) -> NoReturn:\n"
        f"    raise RuntimeError(text)\n{_K}"
    ),
    "through another function": f"{_DIE}def end(text):\n    die(text)\nK = os.getenv('A') or end('x')\n",
    "on both branches": (
        f"{_APP}def die(text):\n    if len(text) > 3:\n        raise RuntimeError(text)\n    else:\n"
        f"        sys.exit(text)\n{_K}"
    ),
    "in a `try`": (
        f"{_APP}def die(text):\n    try:\n        print(text)\n    finally:\n        raise RuntimeError\n{_K}"
    ),
    "raised again": (
        f"{_APP}def die(text):\n    try:\n        int('x')\n    except ValueError as error:\n"
        f"        raise RuntimeError from error\n    raise RuntimeError\n{_K}"
    ),
    "in a `with`": (
        f"{_APP}def die(text):\n    with open(os.devnull) as f:\n        raise RuntimeError(f)\n{_K}"
    ),
    "a module's": f"{_BAD}{_APP}from helpers import die\n{_K}",
    "a module's, by attribute": (f"{_BAD}{_APP}import helpers\nK = os.getenv('A') or helpers.die('x')\n"),
    "a module's through another": (
        "-- low.py --\nimport sys\ndef end(text):\n    sys.exit(text)\n"
        "-- helpers.py --\nfrom low import end\ndef die(text):\n    end(text)\n"
        f"{_APP}from helpers import die\n{_K}"
    ),
    "the package of a factory": (
        "-- shop/errors.py --\ndef missing(name):\n    raise RuntimeError(name)\n"
        "-- shop/config.py --\nimport os\nfrom .errors import missing\nclass Config:\n"
        "    SECRET_KEY = os.environ.get('A') or missing('A')\n"
        "-- shop/__init__.py --\nfrom flask import Flask\ndef create_app():\n    app = Flask(__name__)\n"
        "    app.config.from_object('shop.config.Config')\n    return app\n"
        "-- app.py --\nfrom shop import create_app\napp = create_app()\n"
    ),
    "a class body": f"{_DIE}class Config:\n    {_K}",
    "a function": f"{_DIE}def main():\n    return os.getenv('A') or die('x')\nmain()\n",
    "a wrapper": f"{_DIE}def require(n):\n    return os.getenv(n) or die(n)\nK = require('A')\n",
    "a wrapper with a name": (
        f"{_DIE}def require(n):\n    v = os.getenv(n) or die(n)\n    return v\nK = require('A')\n"
    ),
    "a wrapper of a module": (
        "-- helpers.py --\nimport os\ndef die(text):\n    raise RuntimeError(text)\n"
        "def require(n):\n    return os.getenv(n) or die(n)\n"
        f"{_APP}from helpers import require\nK = require('A')\n"
    ),
    "a method": f"{_CLASS}        return os.getenv('A') or self.die()\nBase().key()\n",
    "a static method": (
        f"{_APP}class Errors:\n    @staticmethod\n    def die(text):\n        raise RuntimeError(text)\n"
        "K = os.getenv('A') or Errors.die('x')\n"
    ),
    "a property": (
        f"{_DIE}class Config:\n    @property\n    def key(self):\n"
        "        return os.getenv('A') or die('x')\nConfig().key\n"
    ),
    "a comprehension": f"{_DIE}K = {{n: os.getenv(n) or die(n) for n in ('A', 'B')}}\n",
    "a loop": f"{_DIE}for n in ('A', 'B'):\n    K = os.getenv(n) or die(n)\n",
    "a name before": f"{_DIE}K = os.getenv('A')\nK = K or die('x')\n",
    "a statement": f"{_DIE}os.environ.get('A') or die()\n",
    "a membership": f"{_DIE}K = os.environ['A'] if 'A' in os.environ else die('x')\n",
    "a membership, the other way": f"{_DIE}K = die('x') if 'A' not in os.environ else os.environ['A']\n",
    "a membership and `or`": f"{_DIE}'A' in os.environ or die('x')\n",
    "a condition": f"{_DIE}K = os.getenv('A')\nK = K if K else die('x')\n",
    "a condition with the read": f"{_DIE}K = os.getenv('A') if os.getenv('A') else die('x')\n",
    "behind a return": (
        f"{_DIE}def main():\n    K = os.getenv('A')\n    if K:\n        return K\n    die('x')\nmain()\n"
    ),
    "an exit behind a return": (
        f"{_APP}def main():\n    K = os.getenv('A')\n    if K:\n        return K\n    sys.exit('x')\nmain()\n"
    ),
    "behind a return of a wrapper": (
        f"{_DIE}def get(n):\n    v = os.getenv(n)\n    if v:\n        return v\n    die(n)\nK = get('A')\n"
    ),
    "a walrus": f"{_DIE}K = k if (k := os.getenv('A')) else die('x')\n",
    "not None": f"{_DIE}K = os.getenv('A')\nK = K if K is not None else die('x')\n",
    "a lambda": f"{_APP}die = lambda text: sys.exit(text)\n{_K}",
    "a lambda of a wrapper": f"{_DIE}require = lambda n: os.getenv(n) or die(n)\nK = require('A')\n",
    "an alias": f"{_DIE}end = die\nK = os.getenv('A') or end('x')\n",
    "an argument": f"{_DIE}print(os.getenv('A') or die('x'))\n",
    "a second one": f"{_DIE}K = os.getenv('A') or os.getenv('B') or die('x')\n",
    "with an empty default": f"{_DIE}K = os.getenv('A', '') or die('x')\n",
    "stripped": f"{_DIE}K = os.getenv('A', '').strip() or die('x')\n",
}

test_it_starts = starting(SILENT)
test_it_fails = failing(FAILING)


_IN_FILES = {
    "imported": f"{_BAD}-- app.py --\nimport os\nfrom helpers import die\n{_K}",
    "an attribute": f"{_BAD}-- app.py --\nimport os, helpers\nK = os.getenv('A') or helpers.die('x')\n",
    "through another file": (
        "-- low.py --\nimport sys\ndef end(text):\n    sys.exit(text)\n"
        "-- helpers.py --\nimport low\ndef die(text):\n    low.end(text)\n"
        f"-- app.py --\nimport os\nfrom helpers import die\n{_K}"
    ),
    "handed on by a package": (
        "-- shop/errors.py --\ndef die(text):\n    raise RuntimeError(text)\n"
        "-- shop/__init__.py --\nfrom .errors import die\n"
        f"-- app.py --\nimport os\nfrom shop import die\n{_K}"
    ),
    "a wrapper": (
        f"{_BAD}-- env.py --\nimport os\nfrom helpers import die\ndef get(n):\n"
        "    return os.getenv(n) or die(n)\n"
        "-- app.py --\nfrom env import get\nK = get('A')\n"
    ),
    "in an `if`": (
        f"{_BAD}-- app.py --\nimport os\nfrom helpers import die\nif not os.getenv('A'): die('x')\n"
    ),
}


@pytest.mark.parametrize("files", _IN_FILES.values(), ids=_IN_FILES)
def test_a_file_that_reads_nothing_is_asked_as_well(tmp_path: Path, files: str) -> None:
    index = opened(tmp_path, files).project.index
    facts = index.files[str(tmp_path / "app.py")]
    assert [each.need for each in facts.references] == [Need.REQUIRED]
