"""`check --deploy`: which writes and loads certainly happen before a read, and last."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.git import git
from support.projects import opened

NOT_CERTAIN = {
    "honcho start, one of two processes": (
        "-- Procfile --\nweb: honcho start -f Procfile.all\n"
        "-- Procfile.all --\none: X=1 gunicorn app:app\ntwo: python app.py\n"
        "-- app.py --\nimport os\nos.environ['X']\napp = 1\n"
    ),
    "else of the main block of the program": (
        "-- Procfile --\n"
        "web: python app.py\n"
        "-- app.py --\n"
        "import os\n"
        'if __name__ == "__main__":\n'
        "    print(1)\n"
        "else:\n"
        '    os.environ["X"] = "1"\n'
        'os.environ["X"]\n'
    ),
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
    "red: subprocess env": (
        "-- app.py --\n"
        "import os, subprocess\n"
        'subprocess.run(["x"], env={**os.environ, "X": "1"})\n'
        'os.environ["X"]\n'
    ),
    "red: set in a thread-local class attr": (
        '-- app.py --\nimport os\nclass Env(dict):\n    pass\nenv = Env()\nenv["X"] = "1"\nos.environ["X"]\n'
    ),
    "red: exec": ('-- app.py --\nimport os\nexec(\'os.environ["X"] = "1"\')\nos.environ["X"]\n'),
    "red: write in type checking": (
        "-- app.py --\n"
        "import os\n"
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n"
        '    os.environ["X"] = "1"\n'
        'os.environ["X"]\n'
    ),
    "red: in __init__ of not instantiated class": (
        "-- app.py --\n"
        "import os\n"
        "class A:\n"
        "    def __init__(self):\n"
        '        os.environ["X"] = "1"\n'
        'os.environ["X"]\n'
    ),
    "red: in __del__": (
        "-- app.py --\n"
        "import os\n"
        "class A:\n"
        "    def __del__(self):\n"
        '        os.environ["X"] = "1"\n'
        "a = A()\n"
        'os.environ["X"]\n'
    ),
    "red: overridden by subclass": (
        "-- app.py --\n"
        "import os\n"
        "class A:\n"
        "    def setup(self):\n"
        '        os.environ["X"] = "1"\n'
        "class B(A):\n"
        "    def setup(self):\n"
        "        pass\n"
        "B().setup()\n"
        'os.environ["X"]\n'
    ),
    "red: redefined function": (
        "-- app.py --\n"
        "import os\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        "def setup():\n"
        "    pass\n"
        "setup()\n"
        'os.environ["X"]\n'
    ),
    "red: redefined function other file": (
        "-- app.py --\n"
        "from boot import setup\n"
        "setup()\n"
        "import conf\n"
        "-- boot.py --\n"
        "import os\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        "def setup():\n"
        "    pass\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "red: conditional def": (
        "-- app.py --\n"
        "from boot import setup\n"
        "setup()\n"
        "import conf\n"
        "-- boot.py --\n"
        "import os\n"
        'if os.getenv("DEV"):\n'
        "    def setup():\n"
        '        os.environ["X"] = "1"\n'
        "else:\n"
        "    def setup():\n"
        "        pass\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n'
    ),
    "red: reassigned name": (
        "-- app.py --\n"
        "import os\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        "setup = lambda: None\n"
        "setup()\n"
        'os.environ["X"]\n'
    ),
    "red: local shadows": (
        "-- app.py --\n"
        "import os\n"
        "from boot import setup\n"
        "def setup(): pass\n"
        "setup()\n"
        'os.environ["X"]\n'
        "-- boot.py --\n"
        "import os\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
    ),
    "red: parameter shadows": (
        "-- app.py --\n"
        "import os\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        "def run(setup):\n"
        "    setup()\n"
        "run(print)\n"
        'os.environ["X"]\n'
    ),
    "red: environ is another thing": (
        '-- app.py --\nimport os\nfrom flask import request\nrequest.environ["X"] = "1"\nos.environ["X"]\n'
    ),
    "red: import hook package shadow": (
        "-- app.py --\n"
        "import os\n"
        "try:\n"
        "    import local_settings\n"
        "except ImportError:\n"
        "    pass\n"
        'os.environ["X"]\n'
        "-- settings/local_settings.py --\n"
        "import os\n"
        'os.environ["X"] = "1"\n'
    ),
    "red: dunder all no import": (
        "-- app.py --\n"
        "import os\n"
        "import pkg\n"
        'os.environ["X"]\n'
        "-- pkg/__init__.py --\n"
        '__all__ = ["boot"]\n'
        "-- pkg/boot.py --\n"
        "import os\n"
        'os.environ["X"] = "1"\n'
    ),
    "red: lazy function import at runtime later": (
        "-- app.py --\n"
        "import os\n"
        "def later():\n"
        "    import boot\n"
        'K = os.environ["X"]\n'
        "later()\n"
        "-- boot.py --\n"
        "import os\n"
        'os.environ["X"] = "1"\n'
    ),
    "red: short circuit call": (
        "-- app.py --\n"
        "import os\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        'os.getenv("NOPE") and setup()\n'
        'os.environ["X"]\n'
    ),
    "red: cond call": (
        "-- app.py --\n"
        "import os\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        'setup() if os.getenv("NOPE") else None\n'
        'os.environ["X"]\n'
    ),
    "red: default arg": (
        "-- app.py --\n"
        "import os\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        "def f(x=setup):\n"
        "    pass\n"
        "f()\n"
        'os.environ["X"]\n'
    ),
    "red: partial": (
        "-- app.py --\n"
        "import os, functools\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        "g = functools.partial(setup)\n"
        'os.environ["X"]\n'
    ),
    "red: atexit": (
        "-- app.py --\n"
        "import os, atexit\n"
        "def setup():\n"
        '    os.environ["X"] = "1"\n'
        "atexit.register(setup)\n"
        'os.environ["X"]\n'
    ),
    "red: setdefault to None raises": (
        "-- app.py --\n"
        "import os\n"
        "try:\n"
        '    os.environ.setdefault("X", os.getenv("Y"))\n'
        "except TypeError:\n"
        "    pass\n"
        'os.environ["X"]\n'
    ),
    "red: nested loop continue": (
        "-- app.py --\n"
        "import os\n"
        'for n in ("X",):\n'
        "    if n:\n"
        "        continue\n"
        '    os.environ[n] = "1"\n'
        'os.environ["X"]\n'
    ),
    "red: NameError in try": (
        "-- app.py --\n"
        "import os\n"
        "try:\n"
        "    nope\n"
        '    os.environ["X"] = "1"\n'
        "except Exception:\n"
        "    pass\n"
        'os.environ["X"]\n'
    ),
    "red: try with call in args": (
        "-- app.py --\n"
        "import os\n"
        "try:\n"
        '    os.environ.setdefault("X", open("/nope").read())\n'
        "except Exception:\n"
        "    pass\n"
        'os.environ["X"]\n'
    ),
    "red: bare json in try": (
        "-- app.py --\n"
        "import os, json\n"
        "try:\n"
        '    os.environ.update({"X": json.load(open("/nope"))["X"]})\n'
        "except Exception:\n"
        "    pass\n"
        'os.environ["X"]\n'
    ),
    "red: walrus or": ('-- app.py --\nimport os\nx = os.getenv("Y") or os.environ["X"]\n'),
    "red: profile conditional": (
        '-- .profile --\nif [ -n "$FOO" ]; then\nexport X=1\nfi\n-- app.py --\nimport os\nos.environ["X"]\n'
    ),
    "red: profile commented": ('-- .profile --\n# export X=1\n-- app.py --\nimport os\nos.environ["X"]\n'),
    "red: Procfile comment": (
        "-- Procfile --\n"
        "# web: X=1 gunicorn app:app\n"
        "web: gunicorn app:app\n"
        "-- app.py --\n"
        "import os\n"
        'os.environ["X"]\n'
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
    "green: typical flask config classes": (
        "-- heroku:shop --\n"
        "SECRET_KEY=1\n"
        "DATABASE_URL=1\n"
        "-- app.py --\n"
        "import os\n"
        "from flask import Flask\n"
        "from config import configs\n"
        "app = Flask(__name__)\n"
        'app.config.from_object(configs[os.getenv("FLASK_CONFIG", "production")])\n'
        "-- config.py --\n"
        "import os\n"
        "basedir = os.path.abspath(os.path.dirname(__file__))\n"
        "class Config:\n"
        '    SECRET_KEY = os.environ["SECRET_KEY"]\n'
        '    MAIL = os.environ.get("MAIL_SERVER")\n'
        "class Prod(Config):\n"
        '    SQLALCHEMY_DATABASE_URI = os.environ["DATABASE_URL"]\n'
        'configs = {"production": Prod}\n'
    ),
    "green: django settings": (
        "-- heroku:shop --\n"
        "SECRET_KEY=1\n"
        "DATABASE_URL=1\n"
        "-- Procfile --\n"
        "web: gunicorn shop.wsgi\n"
        "release: python manage.py migrate\n"
        "-- manage.py --\n"
        "import os, sys\n"
        "def main():\n"
        '    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
        "    try:\n"
        "        from django.core.management import execute_from_command_line\n"
        "    except ImportError as exc:\n"
        '        raise ImportError("x") from exc\n'
        "    execute_from_command_line(sys.argv)\n"
        'if __name__ == "__main__":\n'
        "    main()\n"
        "-- shop/wsgi.py --\n"
        "import os\n"
        "from django.core.wsgi import get_wsgi_application\n"
        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
        "application = get_wsgi_application()\n"
        "-- shop/settings.py --\n"
        "import os\n"
        'SECRET_KEY = os.environ["SECRET_KEY"]\n'
        'DEBUG = os.environ.get("DEBUG", "") == "1"\n'
        "if not DEBUG and not SECRET_KEY:\n"
        "    raise RuntimeError\n"
        "INSTALLED_APPS = []\n"
    ),
    "green: load_dotenv plain": (
        "-- heroku:shop --\n"
        "A=1\n"
        "-- app.py --\n"
        "import os\n"
        "from dotenv import load_dotenv\n"
        "load_dotenv()\n"
        'os.environ["A"]\n'
    ),
    "green: setdefault main": (
        "-- Procfile --\n"
        "worker: python worker.py\n"
        "-- worker.py --\n"
        "import os\n"
        "def main():\n"
        '    os.environ.setdefault("A", "1")\n'
        '    print(os.environ["A"])\n'
        'if __name__ == "__main__":\n'
        "    main()\n"
    ),
    "green: function sets and reads": (
        "-- app.py --\n"
        "import os\n"
        "def get():\n"
        '    if not os.environ.get("A"):\n'
        '        os.environ["A"] = "1"\n'
        '    return os.environ["A"]\n'
    ),
    "green: class method sets and reads": (
        "-- app.py --\n"
        "import os\n"
        "class C:\n"
        "    def get(self):\n"
        '        os.environ.setdefault("A", "1")\n'
        '        return os.environ["A"]\n'
    ),
    "green: with block both": (
        "-- app.py --\n"
        "import os\n"
        "def get(lock):\n"
        "    with lock:\n"
        '        os.environ["A"] = "1"\n'
        '        return os.environ["A"]\n'
    ),
    "green: with block, if inside": (
        "-- app.py --\n"
        "import os\n"
        "def get(lock):\n"
        "    with lock:\n"
        '        os.environ["A"] = "1"\n'
        "        if lock:\n"
        '            return os.environ["A"]\n'
    ),
    "green: async main": (
        "-- app.py --\n"
        "import os\n"
        "async def main():\n"
        '    os.environ["A"] = "1"\n'
        '    if os.getenv("Q"):\n'
        "        pass\n"
        '    return os.environ["A"]\n'
    ),
    "green: try both": (
        "-- app.py --\n"
        "import os\n"
        "def get():\n"
        "    try:\n"
        '        os.environ["A"] = "1"\n'
        '        x = int("1")\n'
        '        return os.environ["A"]\n'
        "    finally:\n"
        "        pass\n"
    ),
    "green: else fallback": (
        '-- app.py --\nimport os\ntry:\n    A = os.environ["A"]\nexcept KeyError:\n    A = "x"\n'
    ),
    "green: sentry": (
        '-- app.py --\nimport os\nif os.environ.get("SENTRY_DSN"):\n    init(os.environ["SENTRY_DSN"])\n'
    ),
    "green: DEBUG switch": (
        "-- heroku:shop --\n"
        "S3_BUCKET=1\n"
        "-- app.py --\n"
        "import os\n"
        'DEBUG = os.environ.get("DEBUG", "0") == "1"\n'
        "if DEBUG:\n"
        '    X = os.environ["LOCAL_ONLY"]\n'
        "else:\n"
        '    X = os.environ["S3_BUCKET"]\n'
    ),
    "green: pop unused": (
        '-- heroku:shop --\nA=1\n-- app.py --\nimport os\nos.environ["A"]\nos.environ.pop("A", None)\n'
    ),
    "green: raise in view for bad input": (
        "-- heroku:shop --\n"
        "TOKEN=1\n"
        "-- app.py --\n"
        "import os\n"
        'TOKEN = os.environ["TOKEN"]\n'
        'OPT = os.getenv("OPT")\n'
        "def view(x):\n"
        "    if x and not OPT:\n"
        "        raise ValueError\n"
        "    if not OPT:\n"
        "        return None\n"
    ),
    "green: optional feature raise": (
        "-- app.py --\n"
        "import os\n"
        'KEY = os.getenv("STRIPE")\n'
        "class Pay:\n"
        "    def charge(self):\n"
        "        if not self.key:\n"
        "            raise RuntimeError\n"
    ),
    "green: celery broker": (
        "-- heroku:shop --\n"
        "REDIS_URL=1\n"
        "-- Procfile --\n"
        "web: gunicorn app:app\n"
        "worker: celery -A app.celery worker\n"
        "-- app.py --\n"
        "import os\n"
        "from celery import Celery\n"
        'celery = Celery(broker=os.environ["REDIS_URL"])\n'
        "app = object()\n"
    ),
    "green: honcho start loads .env": (
        "-- Procfile --\nweb: honcho start -f Procfile.all\n-- .env --\nX=1\n"
        "-- Procfile.all --\none: gunicorn app:app\n"
        "-- app.py --\nimport os\nos.environ['X']\napp = 1\n"
    ),
    "green: else of the main block": (
        "-- app.py --\n"
        "import os\n"
        'if __name__ == "__main__":\n'
        "    print(1)\n"
        "else:\n"
        '    os.environ["X"] = "1"\n'
        'os.environ["X"]\n'
    ),
    "green: unless it is the main program": (
        '-- app.py --\nimport os\nif __name__ != "__main__":\n    os.environ["X"] = "1"\nos.environ["X"]\n'
    ),
    "green: __init__ called": (
        "-- app.py --\n"
        "import os\n"
        "class A:\n"
        "    def __init__(self):\n"
        '        os.environ["X"] = "1"\n'
        "A()\n"
        'os.environ["X"]\n'
    ),
}


def severities(folder: Path, files: str) -> set[str]:
    """The severities of the findings about reads of a deploy."""
    procfile = "" if "-- Procfile --" in files else "-- Procfile --\nweb: gunicorn app:app\n"
    app = "" if "heroku:" in files else "-- heroku:shop --\n"
    it = opened(folder, f"{app}{procfile}{files}")
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
