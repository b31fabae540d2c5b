"""Whether settings of Django for production replace the secret key of the settings that they start with."""

from __future__ import annotations

import os
import re

from configvars.model import Example
from configvars.patterns import lazy_pattern
from configvars.project import Project

NOT_PRODUCTION = lazy_pattern(r"test|dev|local|^CI", re.IGNORECASE)
_ASSIGNED = lazy_pattern(r"^\s*SECRET_KEY\s*(?::[^=\n]+)?=[^=]", re.MULTILINE)


def is_replaced(path: str, project: Project) -> bool:
    """Whether settings for production, in a module next to these, start with all of these and set another key."""
    folder, module = os.path.split(path.removesuffix(".py"))
    begins = re.compile(rf"^from [\w.]*\b{re.escape(module)} import \*", re.MULTILINE)
    others = (each for each in project.code.paths() if os.path.dirname(each) == folder and each != path)
    texts = (
        project.text_of(each) or "" for each in others if not NOT_PRODUCTION.search(os.path.basename(each))
    )
    return any(begins.search(text) and _ASSIGNED.search(text) for text in texts)


_BASE = (
    "-- shop/settings/base.py --\nimport os\nINSTALLED_APPS = []\n"
    "SECRET_KEY = '9f2c1e7ab40d58c3e6f1a7b2'\nos.getenv('A')\n"
)
REPLACED = Example(
    f"{_BASE}-- shop/settings/prod.py --\nfrom .base import *\nwith open('key') as file:\n"
    "    SECRET_KEY = file.read()\n",
    note="Django's settings for production set another one",
)
FOR_DEVELOPMENT = Example(
    f"{_BASE}-- shop/settings/dev.py --\nfrom .base import *\nSECRET_KEY = 'dev'\n",
    (
        "shop/settings/base.py:3:1 warning The value of SECRET_KEY is hard-coded: everybody who can read the repository has it",
    ),
    note="only Django's settings for development set another one",
)
