"""The table of limits: each has a reason, and exceeding one is counted and reported, without any text of
the file.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars import limits
from configvars.checks import run_checks
from configvars.flask.apps import limits_met
from configvars.limits import ENV_FILES, GIFTS, Hits, Limit, said
from support.projects import opened
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
    "names that are assigned in a circle, and one that is not": (
        "k = 'A'\nwhile x:\n    a = b; b = c or a; c = a\nos.environ[k]",
        "A",
    ),
}
# What a folder must hold for a limit that no single file exceeds, or that other files decide.
FOLDERS = {
    "re-exports": "-- app.py --\nfrom dotenv import load_dotenv\nfrom p0 import f\nf()\nload_dotenv()\n"
    + "".join(f"-- p{i}.py --\nfrom p{i + 1} import f\n" for i in range(12))
    + "-- p12.py --\nimport os\ndef f(): return os.environ['A']\n-- .env --\nA=1\n",
    "requirement folders": "-- .env --\nAWS_PROFILE=1\n"
    + "".join(f"-- f{i}/app.py --\nimport os\nos.environ['A']\n" for i in range(80)),
    "fixture folders": "-- t/conftest.py --\nimport flask, pytest\n"
    "@pytest.fixture\ndef site(): return flask.Flask('x')\n"
    "-- t/a/b/c/d/e/test_x.py --\nimport flask\ndef test(site): site.config['A']\n",
    "command groups": "-- app.py --\nimport click\n"
    "@click.group(context_settings={'auto_envvar_prefix': 'APP'})\ndef g0(): ...\n"
    + "".join(f"@g{i}.group()\ndef g{i + 1}(): ...\n" for i in range(3))
    + "@g3.command()\n@click.option('--name')\ndef c(name): ...\n",
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


@pytest.mark.beyond_limits
def test_methods_in_a_circle_are_summarised_a_limited_number_of_times() -> None:
    methods = "".join(
        f"    def m{i}(self, k): return self.m{(i + 1) % 40}(k) if k else os.environ[k]\n" for i in range(40)
    )
    facts = analyze("/ws/app.py", f"import os\nclass C:\n{methods}C().m0('A')\nos.environ['LAST']\n")
    assert "LAST" in {reference.variable.name for reference in facts.references}
    assert "summaries" in dict(facts.limits)


@pytest.mark.beyond_limits
@pytest.mark.parametrize("name", FOLDERS)
def test_a_limit_that_a_folder_exceeds_is_counted(name: str, tmp_path: Path) -> None:
    project = opened(tmp_path, FOLDERS[name]).project
    for path in project.index.files:
        run_checks(project, path)
    counts = dict(project.exceeded)
    for path in project.index.files:
        counts |= dict(limits_met(project, path))
    assert name in counts


@pytest.mark.parametrize(("text", "found"), WITHIN.values(), ids=WITHIN)
def test_code_within_a_limit_is_found(text: str, found: str) -> None:
    assert [line.split()[1] for line in rendered(f"import os\n{text}\n")] == [found]


def test_the_message_about_limits() -> None:
    assert said((("nesting", 2), ("text", 1))) == (
        "exceeds limits of the analysis, so parts of it were not analysed: nesting (2), text (1)."
    )


@pytest.mark.beyond_limits
def test_hits_are_added_up() -> None:
    hits = Hits()
    hits.count(GIFTS, 3)
    hits.count(GIFTS)
    hits.count(ENV_FILES)
    assert hits.counts == ((ENV_FILES.name, 1), (GIFTS.name, 4))
