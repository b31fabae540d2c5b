"""Which variable decides whether a required read is executed."""

from __future__ import annotations

import pytest

from support.python_facts import facts_of

NONE = {
    "nothing around": "import os\nos.environ['A']\n",
    "a test of something else": "import os, sys\nif sys.platform == 'linux':\n    os.environ['A']\n",
    "in the test itself": "import os\nif os.environ['A'] == '1':\n    pass\n",
    "the main program": "import os\nif __name__ == '__main__':\n    os.environ['A']\n",
    "a refusal": "import os\nif not os.getenv('A'):\n    raise SystemExit\n",
    "after the test": "import os\nif os.getenv('B'):\n    pass\nos.environ['A']\n",
}
FOUND = {
    "a name that gets the value of a read": "import os\nUSE = os.getenv('B')\nif USE:\n    os.environ['A']\n",
    "a test of a name that gets the value of a read": (
        "import os\nKEY = os.getenv('B')\nUSE = KEY is not None and DEBUG\nif USE:\n    os.environ['A']\n"
    ),
    "a name that is assigned to itself": (
        "import os\nUSE = os.getenv('B')\nUSE = (USE)\nif USE:\n    os.environ['A']\n"
    ),
    "through a library": (
        "import os\nfrom environs import Env\nenv = Env()\nUSE = env.bool('B', False)\n"
        "if USE:\n    x = 1\n    env('A')\n"
    ),
    "a read in the test": "import os\nif os.getenv('B') == '1':\n    os.environ['A']\n",
    "a test for a variable": "import os\nif 'B' in os.environ:\n    os.environ['A']\n",
    "else": "import os\nif os.getenv('B'):\n    pass\nelse:\n    os.environ['A']\n",
    "elif": "import os\nif 1 > 2:\n    pass\nelif os.getenv('B'):\n    os.environ['A']\n",
    "in an expression": "import os\nx = os.environ['A'] if os.getenv('B') else None\n",
    "around a function": "import os\nif os.getenv('B'):\n    def f():\n        return os.environ['A']\n",
}


def switch(text: str) -> str | None:
    facts = facts_of(text)["app.py"]
    return next(one.switch for one in facts.references if one.variable.name == "A")


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_switch(text: str) -> None:
    assert switch(text) is None


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_switch(text: str) -> None:
    assert switch(text) == "B"
