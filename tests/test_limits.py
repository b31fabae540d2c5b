"""The table of limits: each has a reason, and exceeding one is counted and reported, without any text of
the file.
"""

from __future__ import annotations

import pytest

from configvars import limits
from configvars.limits import Limit, said
from support.python_facts import analyze, rendered

TABLE = [one for one in vars(limits).values() if isinstance(one, Limit)]

BEYOND = {
    "nesting": "k = " + "(" * 500 + "os.environ['DEEP']" + ")" * 500,
    "text": f"k = '{'A' * 3000}'\nk = k + k\nos.environ[k]",
    "pieces": "k = (" + "'A' " * 300 + ")\nos.environ[k]",
    "value": "k0 = 'A',\n" + "".join(f"k{i + 1} = k{i}, k{i}\n" for i in range(20)) + "os.environ[k20[0]]",
    "value levels": "k0 = 'A',\n"
    + "".join(f"k{i + 1} = (k{i},)\n" for i in range(40))
    + "os.environ[k40[0]]",
    "items": "for k in (" + "'A', " * 400 + "): os.environ[k]",
    "lineage": "class C0: K = 'A'\n"
    + "".join(f"class C{i + 1}(C{i}): pass\n" for i in range(200))
    + "os.environ[C200.K]",
    "parameters": "def f("
    + ", ".join(f"p{i}" for i in range(200))
    + "): return os.environ[p199]\nf("
    + "'A', " * 200
    + ")",
    "star imports": "".join(f"from m{i} import *\n" for i in range(100)) + "os.environ[NAME]",
    "circles": "while x:\n"
    + "".join(f"    k{i} = k{(i + 7) % 40} or k{(i + 1) % 40}\n" for i in range(40))
    + "    os.environ[k39]",
    "questions": "def f0(): return 'A'\n"
    + "".join(f"def f{i + 1}(): return f{i}()\n" for i in range(200))
    + "os.environ[f200()]",
    "choices": "".join(f"a{i} = 'A' if c else 'B'\n" for i in range(10))
    + f"os.environ[{' + '.join(f'a{i}' for i in range(10))}]",
    "bindings": "k = 'A'\n" + "".join(f"if c: k = 'A{i}'\n" for i in range(200)) + "os.environ[k]",
}
WITHIN = {
    "100 parts": ("k = " + " + ".join("A" * 100).replace("A", "'A'") + "\nos.environ[k]", "A" * 100),
    "100 choices of one value": ("a = 'A'\nk = " + " or ".join("a" * 100) + "\nos.environ[k]", "A"),
    "90 nested blocks": (
        "".join(" " * depth + "if x:\n" for depth in range(90)) + " " * 90 + "os.environ['A']",
        "A",
    ),
    "30 statements that may have set it": (
        "k = 'A'\n" + "if c: k = 'A'\n" * 30 + "os.environ[k]",
        "A",
    ),
    "40 classes above a class": (
        "class C0: K = 'A'\n"
        + "".join(f"class C{i + 1}(C{i}): pass\n" for i in range(40))
        + "os.environ[C40.K]",
        "A",
    ),
    "names that circle, and one that does not": (
        "k = 'A'\nwhile x:\n    a = b; b = c or a; c = a\nos.environ[k]",
        "A",
    ),
}


def test_each_limit_has_a_name_of_its_own_and_a_reason() -> None:
    assert len({limit.name for limit in TABLE}) == len(TABLE) > 10
    assert [limit.name for limit in TABLE if limit.most < 1 or not limit.reason.endswith(".")] == []


@pytest.mark.beyond_limits
@pytest.mark.parametrize("name", BEYOND)
def test_code_beyond_a_limit_is_dynamic_and_counted(name: str) -> None:
    facts = analyze("/ws/app.py", f"import os\n{BEYOND[name]}\nos.environ['LAST']\n")
    assert [reference.variable.name for reference in facts.references] == ["LAST"]
    assert name in dict(facts.limits)
    assert "LAST" not in said(facts.limits)


@pytest.mark.parametrize(("text", "found"), WITHIN.values(), ids=WITHIN)
def test_code_within_a_limit_is_found(text: str, found: str) -> None:
    assert [line.split()[1] for line in rendered(f"import os\n{text}\n")] == [found]


def test_the_message_about_limits() -> None:
    assert said((("nesting", 2), ("text", 1))) == (
        "exceeds limits of the analysis, so parts of it were not analysed: nesting (2), text (1)."
    )
