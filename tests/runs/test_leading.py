"""Which files may raise an exception if a variable is not set: the others are not parsed for a deploy."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.runs.asking import may_refuse
from support.projects import opened

RAISES = "if X:\n    raise RuntimeError\n"
READS = '-- config.py --\nimport os\nX = os.getenv("X")\n'

NEVER = {
    "no variable": f"-- app.py --\nX = 1\n{RAISES}",
    "a name that leads to none": f"-- app.py --\nfrom config import Y as X\n{RAISES}{READS}Y = 1\n",
    "a function that is not followed": (
        f"-- app.py --\nfrom config import read\nX = read()\n{RAISES}{READS}"
        "def read():\n    for each in X:\n        return each\n"
    ),
    "a method": (
        f"-- app.py --\nfrom config import C\nX = C()\n{RAISES}{READS}"
        "class C:\n    def m(self):\n        return X\n"
    ),
    "another class is the base": (
        f"-- app.py --\nfrom config import C\nX = C.a\n{RAISES}{READS}class C(Base):\n    a = X\n"
    ),
    "called later": f"-- app.py --\nfrom config import Y as X\n{RAISES}{READS}Y = Lazy(lambda: X)\n",
    "ends nowhere": f"-- app.py --\nfrom config import X\nif X:\n    print(X)\n{READS}",
    "a test": f"-- tests/test_app.py --\nfrom config import X\n{RAISES}{READS}",
}
PERHAPS = {
    "reads itself": f'-- app.py --\nimport os\nX = os.environ.get("X")\n{RAISES}',
    "by a library": f'-- app.py --\nfrom decouple import config\nX = config("X")\n{RAISES}',
    "imported": f"-- app.py --\nfrom config import X\n{RAISES}{READS}",
    "under another name": f"-- app.py --\nfrom config import X as Y\nX = Y\n{RAISES}{READS}",
    "from a module": f"-- app.py --\nimport config\nX = config.X\n{RAISES}{READS}",
    "all names": f"-- app.py --\nfrom config import *\n{RAISES}{READS}",
    "from a package": (
        f"-- app.py --\nimport pack\nX = pack.config.X\n{RAISES}-- pack/__init__.py --\n"
        f"{READS.replace('config', 'pack/config')}"
    ),
    "handed on": f"-- app.py --\nfrom mid import X\n{RAISES}-- mid.py --\nfrom config import X\n{READS}",
    "each imports the other": (
        f"-- app.py --\nimport mid\nfrom config import X\n{RAISES}-- mid.py --\nimport app\n"
        f"{READS}import app\n"
    ),
    "decides another name": f"-- app.py --\nfrom config import Y as X\n{RAISES}{READS}Y = X == '1'\n",
    "decides whether a name is bound": (
        f"-- app.py --\nfrom config import Y as X\n{RAISES}{READS}if X:\n    Y = 1\nelse:\n    Y = 2\n"
    ),
    "a walrus": f"-- app.py --\nfrom config import Y as X\n{RAISES}{READS}if (Y := X):\n    pass\n",
    "global": (
        f"-- app.py --\nfrom config import Y as X\n{RAISES}{READS}def f():\n    global Y\n    Y = X\n"
    ),
    "what a function returns": (
        f"-- app.py --\nfrom config import read\nX = read()\n{RAISES}{READS}def read():\n    return X\n"
    ),
    "an attribute of a class": (
        f"-- app.py --\nfrom config import C\nX = C.a\n{RAISES}{READS}class C:\n    a = X\n"
    ),
    "an instance": (
        f"-- app.py --\nfrom config import c\nX = c.a\n{RAISES}{READS}class C:\n    a = X\nc = C()\n"
    ),
    "imported in a function": (
        f"-- app.py --\ndef f():\n    from config import X\n    if X:\n        raise RuntimeError\n{READS}"
    ),
    "settings of Django": (
        '-- manage.py --\nimport os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config")\n'
        f"-- app.py --\nfrom django.conf import settings\nX = settings.X\n{RAISES}{READS}"
    ),
}


@pytest.mark.parametrize("files", NEVER.values(), ids=NEVER)
def test_a_file_that_no_variable_makes_fail(tmp_path: Path, files: str) -> None:
    it = opened(tmp_path, files)
    assert not any(may_refuse(it.project, path) for path in it.workspace.known())


@pytest.mark.parametrize("files", PERHAPS.values(), ids=PERHAPS)
def test_a_file_that_a_variable_may_make_fail(tmp_path: Path, files: str) -> None:
    it = opened(tmp_path, files)
    assert may_refuse(it.project, it.path("app.py"))
