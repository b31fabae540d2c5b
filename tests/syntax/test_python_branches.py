"""Which parts of statements certainly run, and in which case: the text before `|` is the place."""

from __future__ import annotations

import pytest

from support.python_facts import order_of

MAIN = 'if __name__ == "__main__":\n    {}\n'
IMPORTED = "if __name__ != '__main__':\n    {}\n"
ROWS = [
    (MAIN.format("|f()"), "main certain"),
    (MAIN.format("f()") + "else:\n    |g()\n", "imported certain"),
    (MAIN.format("f()") + "elif x:\n    |g()\n", "import uncertain"),
    (MAIN.format("f()") + "elif x:\n    g()\nelse:\n    |h()\n", "import uncertain"),
    (IMPORTED.format("|f()"), "imported certain"),
    (IMPORTED.format("f()") + "else:\n    |g()\n", "main certain"),
    ("if '__main__' == __name__:\n    f()\nelse:\n    |g()\n", "imported certain"),
    ("if x:\n    f()\nelse:\n    |g()\n", "import uncertain"),
    ("if x:\n    " + "if __name__ == '__main__': f()\n    else: |g()\n", "imported uncertain"),
    ("if TYPE_CHECKING:\n    |f()\n", "never uncertain"),
    ("for x in (1, 2):\n    |f()\n", "import certain"),
    ("for x in some():\n    |f()\n", "import uncertain"),
    ("while True:\n    |f()\n", "import certain"),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
def test_parts_of_statements(text: str, expected: str) -> None:
    where = order_of(text.replace("|", "")).where(text.index("|"))
    assert f"{where.phase} {'certain' if where.certain else 'uncertain'}" == expected
