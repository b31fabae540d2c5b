"""`check --deploy`: which writes and loads certainly happen before a read, and last."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.git import git
from support.projects import opened

NOT_CERTAIN = {
    "try import missing, same file": (
        "-- app.py --\n"
        "import os\n"
        "try:\n"
        "    import missing\n"
        '    os.environ["X"] = "1"\n'
        "except ImportError:\n"
        "    pass\n"
        'os.environ["X"]\n'
    ),
    "try import missing, other file": (
        "-- app.py --\n"
        "import os\n"
        "import boot\n"
        'os.environ["X"]\n'
        "-- boot.py --\n"
        "import os\n"
        "try:\n"
        "    import missing\n"
        '    os.environ["X"] = "1"\n'
        "except ImportError:\n"
        "    pass\n"
    ),
    "suppress same": (
        "-- app.py --\n"
        "import os, contextlib\n"
        "with contextlib.suppress(Exception):\n"
        "    import missing\n"
        '    os.environ["X"] = "1"\n'
        'os.environ["X"]\n'
    ),
    "suppress other": (
        "-- app.py --\n"
        "import os\n"
        "import boot\n"
        'os.environ["X"]\n'
        "-- boot.py --\n"
        "import os, contextlib\n"
        "with contextlib.suppress(Exception):\n"
        "    import missing\n"
        '    os.environ["X"] = "1"\n'
    ),
    "coroutine": (
        '-- app.py --\nimport os\nasync def setup():\n    os.environ["X"] = "1"\nsetup()\nos.environ["X"]\n'
    ),
    "coroutine other": (
        "-- app.py --\n"
        "import os\n"
        "import boot\n"
        'os.environ["X"]\n'
        "-- boot.py --\n"
        "import os\n"
        "async def setup():\n"
        '    os.environ["X"] = "1"\n'
        "setup()\n"
    ),
    "generator": (
        "-- app.py --\n"
        "import os\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        "    yield\n"
        "setup()\n"
        'os.environ["X"]\n'
    ),
    "generator other": (
        "-- app.py --\n"
        "import os\n"
        "from boot import setup\n"
        "setup()\n"
        "import conf\n"
        "-- boot.py --\n"
        "import os\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        "    yield\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "after return": (
        "-- app.py --\n"
        "import os\n"
        "def setup():\n"
        "    return\n"
        '    os.environ["X"] = "1"\n'
        "setup()\n"
        "import conf\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "after raise": (
        "-- app.py --\n"
        "import os\n"
        "def setup():\n"
        "    raise ValueError\n"
        '    os.environ["X"] = "1"\n'
        "try:\n"
        "    setup()\n"
        "except ValueError:\n"
        "    pass\n"
        "import conf\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "empty loop": (
        "-- app.py --\n"
        "import os\n"
        "for x in []:\n"
        '    os.environ["X"] = "1"\n'
        "import conf\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "empty named loop": (
        "-- app.py --\n"
        "import os\n"
        "NAMES = []\n"
        "for x in NAMES:\n"
        '    os.environ["X"] = "1"\n'
        "import conf\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "empty named loop same file": (
        '-- app.py --\nimport os\nNAMES = []\nfor x in NAMES:\n    os.environ["X"] = "1"\nos.environ["X"]\n'
    ),
    "break before": (
        '-- app.py --\nimport os\nfor x in ("X",):\n    break\n    os.environ[x] = "1"\nos.environ["X"]\n'
    ),
    "patch dict": (
        "-- app.py --\n"
        "import os\n"
        "from unittest.mock import patch\n"
        'with patch.dict(os.environ, {"X": "1"}):\n'
        "    pass\n"
        'os.environ["X"]\n'
    ),
    "not called": ('-- app.py --\nimport os\ndef setup():\n    os.environ["X"] = "1"\nos.environ["X"]\n'),
    "called later": (
        '-- app.py --\nimport os\ndef setup():\n    os.environ["X"] = "1"\nos.environ["X"]\nsetup()\n'
    ),
    "module level after def, read in function called before": (
        '-- app.py --\nimport os\ndef read():\n    return os.environ["X"]\nread()\nos.environ["X"] = "1"\n'
    ),
    "decorator": (
        "-- app.py --\n"
        "import os\n"
        "from flask import Flask\n"
        "app = Flask(__name__)\n"
        "@app.before_request\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        "import conf\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "decorated called": (
        "-- app.py --\n"
        "import os\n"
        "from x import skip\n"
        "@skip\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        "setup()\n"
        "import conf\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "lambda": ('-- app.py --\nimport os\nf = lambda: os.environ.update({"X": "1"})\nos.environ["X"]\n'),
    "del after": (
        "-- app.py --\n"
        "import os\n"
        'os.environ["X"] = "1"\n'
        'del os.environ["X"]\n'
        "import conf\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "clear after": ('-- app.py --\nimport os\nos.environ["X"] = "1"\nos.environ.clear()\nos.environ["X"]\n'),
    "unsetenv": (
        "-- app.py --\n"
        "import os\n"
        'os.environ["X"] = "1"\n'
        'os.environ.pop("X", None)\n'
        "import conf\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "while false": (
        "-- app.py --\n"
        "import os\n"
        'while os.getenv("NOPE"):\n'
        '    os.environ["X"] = "1"\n'
        "import conf\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "short circuit": (
        "-- app.py --\n"
        "import os\n"
        'os.getenv("NOPE") and os.environ.setdefault("X", "1")\n'
        "import conf\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "comprehension empty": (
        '-- app.py --\nimport os\n[os.environ.setdefault("X", "1") for _ in ()]\nos.environ["X"]\n'
    ),
    "genexp": ('-- app.py --\nimport os\n(os.environ.setdefault("X", "1") for _ in (1,))\nos.environ["X"]\n'),
    "thread": (
        "-- app.py --\n"
        "import os, threading\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        "threading.Thread(target=setup).start()\n"
        'os.environ["X"]\n'
    ),
    "early exit of module in try": (
        "-- app.py --\n"
        "import os\n"
        "try:\n"
        "    import boot\n"
        "except ImportError:\n"
        "    pass\n"
        'os.environ["X"]\n'
        "-- boot.py --\n"
        "import os\n"
        "import missing_package\n"
        'os.environ["X"] = "1"\n'
    ),
    "import in if false": (
        "-- app.py --\n"
        "import os\n"
        'if os.getenv("DEV"):\n'
        "    import boot\n"
        'os.environ["X"]\n'
        "-- boot.py --\n"
        "import os\n"
        'os.environ["X"] = "1"\n'
    ),
    "import in function": (
        "-- app.py --\n"
        "import os\n"
        "def dev():\n"
        "    import boot\n"
        'os.environ["X"]\n'
        "-- boot.py --\n"
        "import os\n"
        'os.environ["X"] = "1"\n'
    ),
    "set in copy": ('-- app.py --\nimport os\nenv = dict(os.environ)\nenv["X"] = "1"\nos.environ["X"]\n'),
    "else of loop": (
        "-- app.py --\n"
        "import os\n"
        "for _ in (1,):\n"
        "    break\n"
        "else:\n"
        '    os.environ["X"] = "1"\n'
        'os.environ["X"]\n'
    ),
    "except branch": (
        "-- app.py --\n"
        "import os\n"
        "try:\n"
        "    pass\n"
        "except ValueError:\n"
        '    os.environ["X"] = "1"\n'
        'os.environ["X"]\n'
    ),
    "match": (
        "-- app.py --\n"
        "import os\n"
        'match os.getenv("Z"):\n'
        '    case "1":\n'
        '        os.environ["X"] = "1"\n'
        'os.environ["X"]\n'
    ),
    "assert": ('-- app.py --\nimport os\nassert os.environ.setdefault("Y", "1")\nos.environ["X"]\n'),
    "ternary": (
        "-- app.py --\n"
        "import os\n"
        'os.environ.setdefault("X", "1") if os.getenv("Z") else None\n'
        'os.environ["X"]\n'
    ),
    "interpolated env file": (
        "-- defaults.env --\n"
        "X=${MISSING}\n"
        "-- app.py --\n"
        "import os\n"
        "from dotenv import load_dotenv\n"
        'load_dotenv("defaults.env")\n'
        'int(os.environ["X"])\n'
    ),
    "load in try": (
        "-- defaults.env --\n"
        "X=1\n"
        "-- app.py --\n"
        "import os\n"
        "try:\n"
        "    import missing\n"
        "    from dotenv import load_dotenv\n"
        '    load_dotenv("defaults.env")\n'
        "except ImportError:\n"
        "    pass\n"
        'os.environ["X"]\n'
    ),
    "putenv": ('-- app.py --\nimport os\nos.putenv("X", "1")\nos.environ["X"]\n'),
    "exit in between call": (
        "-- app.py --\n"
        "import os\n"
        "def setup(flag):\n"
        "    if flag:\n"
        "        return\n"
        '    os.environ["X"] = "1"\n'
        "setup(1)\n"
        'os.environ["X"]\n'
    ),
    "other process flask": (
        "-- Procfile --\n"
        "web: gunicorn app:app\n"
        "-- manage.py --\n"
        "import os\n"
        'os.environ["X"] = "1"\n'
        "import app\n"
        "-- app.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "set to none-ish": ('-- app.py --\nimport os\nos.environ["X"] = os.environ["X"]\n'),
    "write uses itself": ('-- app.py --\nimport os\nos.environ["X"] = os.environ["Y"]\nos.environ["X"]\n'),
    "reload order": (
        "-- app.py --\n"
        "import os\n"
        "from conf import K\n"
        'os.environ["X"] = "1"\n'
        "-- conf.py --\n"
        "import os\n"
        'K = os.environ["X"]\n'
    ),
}
CERTAIN = {
    "patch dict around import": (
        "-- app.py --\n"
        "import os\n"
        "from unittest.mock import patch\n"
        'with patch.dict(os.environ, {"X": "1"}):\n'
        '    os.environ["X"]\n'
    ),
    "finally": (
        "-- app.py --\n"
        "import os\n"
        "try:\n"
        "    pass\n"
        "finally:\n"
        '    os.environ["X"] = "1"\n'
        "import conf\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "plain setdefault in init": (
        "-- app.py --\n"
        "import os\n"
        "import pkg\n"
        'os.environ["X"]\n'
        "-- pkg/__init__.py --\n"
        "import os\n"
        'os.environ.setdefault("X", "1")\n'
    ),
    "if not in environ": (
        '-- app.py --\nimport os\nif "X" not in os.environ:\n    os.environ["X"] = "1"\nos.environ["X"]\n'
    ),
    "function at module called": (
        '-- app.py --\nimport os\ndef setup():\n    os.environ["X"] = "1"\nsetup()\nos.environ["X"]\n'
    ),
    "load in try of dotenv": (
        "-- requirements.txt --\n"
        "python-dotenv\n"
        "-- defaults.env --\n"
        "X=1\n"
        "-- app.py --\n"
        "import os\n"
        "try:\n"
        "    from dotenv import load_dotenv\n"
        '    load_dotenv("defaults.env")\n'
        "except ImportError:\n"
        "    pass\n"
        'os.environ["X"]\n'
    ),
    "update kw": ('-- app.py --\nimport os\nos.environ.update(X="1")\nos.environ["X"]\n'),
    "update dict": ('-- app.py --\nimport os\nos.environ |= {"X": "1"}\nos.environ["X"]\n'),
    "class body": ('-- app.py --\nimport os\nclass A:\n    os.environ["X"] = "1"\n    Y = os.environ["X"]\n'),
    "conditional expression value": (
        '-- app.py --\nimport os\nos.environ["X"] = "a" if os.getenv("Q") else "b"\nos.environ["X"]\n'
    ),
    "in view": (
        "-- app.py --\n"
        "import os\n"
        "from flask import Flask\n"
        "app = Flask(__name__)\n"
        '@app.get("/")\n'
        "def index():\n"
        '    return os.environ["X"]\n'
        'os.environ["X"] = "1"\n'
    ),
    "interpolated env file with default": (
        "-- defaults.env --\n"
        "X=${MISSING:-a}\n"
        "-- app.py --\n"
        "import os\n"
        "from dotenv import load_dotenv\n"
        'load_dotenv("defaults.env")\n'
        'int(os.environ["X"])\n'
    ),
    "interpolated env file own": (
        "-- defaults.env --\n"
        "A=1\n"
        "X=${A}\n"
        "-- app.py --\n"
        "import os\n"
        "from dotenv import load_dotenv\n"
        'load_dotenv("defaults.env")\n'
        'int(os.environ["X"])\n'
    ),
}


def severities(folder: Path, files: str) -> set[str]:
    """The severities of the findings about reads of a deploy to an app without config vars."""
    procfile = "" if "-- Procfile --" in files else "-- Procfile --\nweb: gunicorn app:app\n"
    it = opened(folder, f"-- heroku:shop --\n{procfile}{files}")
    git(folder, "init", "-q")
    git(folder, "add", "-f", ".")
    project = judged(it.workspace, str(folder), deploying=True)
    found = [each for path in project.index.files for each in run_checks(project, path)]
    return {each.severity for each in found if each.check in ("not-on-heroku", "missing-variable")}


@pytest.mark.parametrize("files", NOT_CERTAIN.values(), ids=NOT_CERTAIN)
def test_a_write_that_is_not_certain(tmp_path: Path, files: str) -> None:
    assert severities(tmp_path, files) & {"error", "warning"}


@pytest.mark.parametrize("files", CERTAIN.values(), ids=CERTAIN)
def test_a_write_that_is_certain(tmp_path: Path, files: str) -> None:
    assert not severities(tmp_path, files) & {"error", "warning"}
