"""`check --deploy`: code that raises an exception without a variable, under a condition about others."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.growth import grows_too_fast
from support.projects import opened

# The files, and whether a deploy must report something.
ROWS = {
    "raise if missing in production": (
        "-- app.py --\n"
        "import os\n"
        'X = os.getenv("X")\n'
        'if os.getenv("ENV", "production") == "production" and not X:\n'
        '    raise RuntimeError("X")\n',
        True,
    ),
    "raise nested": (
        "-- app.py --\n"
        "import os\n"
        'X = os.getenv("X")\n'
        'if os.getenv("ENV", "production") == "production":\n'
        "    if not X:\n"
        '        raise RuntimeError("X")\n',
        True,
    ),
    "raise in dev only": (
        "-- app.py --\n"
        "import os\n"
        'X = os.getenv("X")\n'
        'if os.getenv("ENV", "dev") == "production":\n'
        "    if not X:\n"
        '        raise RuntimeError("X")\n',
        False,
    ),
    "default refused": (
        "-- app.py --\n"
        "import os\n"
        'X = os.getenv("X", "changeme")\n'
        'if os.getenv("ENV", "production") == "production" and X == "changeme":\n'
        '    raise RuntimeError("X")\n',
        True,
    ),
    "default refused without env": (
        "-- app.py --\n"
        "import os\n"
        'X = os.getenv("X", "changeme")\n'
        'if X == "changeme":\n'
        '    raise RuntimeError("X")\n',
        True,
    ),
    "env set on app": (
        "-- heroku:shop --\n"
        "ENV=production\n"
        "-- app.py --\n"
        "import os\n"
        'X = os.getenv("X")\n'
        'if os.getenv("ENV") == "production" and not X:\n'
        '    raise RuntimeError("X")\n',
        True,
    ),
    "sys.exit": (
        "-- app.py --\n"
        "import os, sys\n"
        'X = os.getenv("X")\n'
        'if not os.getenv("DEBUG") and not X:\n'
        '    sys.exit("X")\n',
        True,
    ),
    "assert": (
        "-- app.py --\n"
        "import os, sys\n"
        'X = os.getenv("X")\n'
        'assert X or os.getenv("ENV", "production") != "production"\n',
        True,
    ),
    "set": (
        "-- heroku:shop --\n"
        "X=1\n"
        "-- app.py --\n"
        "import os, sys\n"
        'X = os.getenv("X")\n'
        'if os.getenv("ENV", "production") == "production" and not X:\n'
        '    raise RuntimeError("X")\n',
        False,
    ),
    "debug raise": (
        "-- app.py --\n"
        "import os, sys\n"
        'X = os.getenv("X")\n'
        'if os.getenv("DEBUG") and not X:\n'
        '    raise RuntimeError("X")\n',
        False,
    ),
    "caught": (
        "-- app.py --\n"
        "import os, sys\n"
        'X = os.getenv("X")\n'
        "try:\n"
        '    if os.getenv("ENV", "production") == "production" and not X:\n'
        '        raise RuntimeError("X")\n'
        "except RuntimeError:\n"
        "    pass\n",
        False,
    ),
    "other condition": (
        "-- app.py --\n"
        "import os, sys\n"
        'X = os.getenv("X")\n'
        "def f(y):\n"
        "    if y and not X:\n"
        '        raise RuntimeError("X")\n',
        False,
    ),
    "one of two": (
        "-- heroku:shop --\n"
        "B=1\n"
        "-- app.py --\n"
        "import os, sys\n"
        'A = os.getenv("A")\n'
        'B = os.getenv("B")\n'
        "if not A and not B:\n"
        '    raise RuntimeError("X")\n',
        False,
    ),
    "function validate": (
        "-- app.py --\n"
        "import os\n"
        'X = os.getenv("X")\n'
        'PROD = os.getenv("ENV", "production") == "production"\n'
        "def validate():\n"
        "    if PROD and not X:\n"
        '        raise RuntimeError("X")\n'
        "validate()\n",
        True,
    ),
}


@pytest.mark.parametrize(("files", "expected"), ROWS.values(), ids=ROWS)
def test_code_that_raises_on_an_app(tmp_path: Path, files: str, expected: bool) -> None:
    app = "" if "heroku:" in files else "-- heroku:shop --\n"
    it = opened(tmp_path, f"{app}-- Procfile --\nweb: gunicorn app:app\n{files}")
    project = judged(it.workspace, str(tmp_path), deploying=True)
    found = [each for path in project.index.files for each in run_checks(project, path)]
    assert any(each.severity in ("error", "warning") for each in found) is expected


@pytest.mark.beyond_limits
def test_many_exceptions_in_one_function(tmp_path: Path) -> None:
    def work(count: int) -> None:
        tests = "    if not a: raise E\n" * count
        code = f"import os\ndef f():\n    a = os.environ.get('A')\n{tests}f()\n"
        it = opened(
            tmp_path, f"-- heroku:shop --\n-- Procfile --\nweb: gunicorn app:app\n-- app.py --\n{code}"
        )
        project = judged(it.workspace, str(tmp_path), deploying=True)
        assert any(run_checks(project, str(tmp_path / "app.py")))

    assert grows_too_fast(work, 25) is None
