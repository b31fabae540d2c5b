"""`check --deploy`: what programs do in `try` while they start. Each program is also really started."""

from __future__ import annotations

from support.started import failing, starting

_A = "-- app.py --\nimport os, sys\nfrom config import A\n"
_CONFIG = '-- config.py --\nimport os\nA = os.getenv("A")\n'

# Programs that start without the variable.
SILENT = {
    "caught": f'{_A}try:\n    B = A + "/x"\nexcept TypeError:\n    B = ""\n{_CONFIG}',
    "all is caught": f'{_A}try:\n    B = A + "/x"\nexcept:\n    B = ""\n{_CONFIG}',
    "one of two": f"{_A}try:\n    B = int(A)\nexcept (TypeError, ValueError) as error:\n    B = 0\n{_CONFIG}",
    "a base class": (
        '-- app.py --\nimport os\ntry:\n    B = {}[os.getenv("A", "x")]\nexcept LookupError:\n    B = ""\n'
    ),
    "an exception of the project": (
        f"{_A}class Missing(Exception):\n    pass\ntry:\n    if not A:\n        raise Missing\n"
        f"except Missing:\n    A = ''\nA.split()\n{_CONFIG}"
    ),
    "the rest does not run": (
        f"{_A}try:\n    A.keys\n    B = int(A)\nexcept AttributeError:\n    pass\n{_CONFIG}"
    ),
    "the handler changes the value": (
        f'{_A}try:\n    A.split()\nexcept AttributeError:\n    A = ""\nA.split()\n{_CONFIG}'
    ),
    "the handler returns": (
        f"{_A}def f():\n    try:\n        int(A)\n    except TypeError:\n        return\n"
        f"    A.split()\nf()\n{_CONFIG}"
    ),
    "caught around a function": (
        f"{_A}def f():\n    return A.split()\ntry:\n    f()\nexcept AttributeError:\n    pass\n{_CONFIG}"
    ),
    "raised as another exception": (
        f"{_A}try:\n    try:\n        int(A)\n    except TypeError:\n        raise KeyError\n"
        f"except KeyError:\n    pass\n{_CONFIG}"
    ),
    "only a condition raises again": (
        f"{_A}try:\n    int(A)\nexcept TypeError:\n    if sys.argv[9:]:\n        raise\n{_CONFIG}"
    ),
    "a module that is not installed": (
        f"{_A}try:\n    import ujson_x\n    A.split()\nexcept ImportError:\n    pass\n{_CONFIG}"
    ),
    "a module that is not installed, and else": (
        f"{_A}try:\n    import ujson_x\nexcept ImportError:\n    pass\nelse:\n    A.split()\n{_CONFIG}"
    ),
    "a module of this machine": (
        f'{_A}try:\n    from local_settings import A\nexcept ImportError:\n    A = ""\nA.split()\n{_CONFIG}'
    ),
    "a name that a module does not have": (
        f'{_A}try:\n    from config import B\nexcept ImportError:\n    A = ""\nA.split()\n{_CONFIG}'
    ),
    "other code fails before": (
        f'{_A}try:\n    open("none")\n    A.split()\nexcept OSError:\n    pass\n{_CONFIG}'
    ),
    "an exit that is caught": (
        f"{_A}try:\n    if not A:\n        sys.exit(1)\nexcept SystemExit:\n    pass\n{_CONFIG}"
    ),
}

# Programs that fail without it.
FOUND = {
    "only imports are caught": (f"{_A}try:\n    B = A.split()\nexcept ImportError:\n    B = []\n{_CONFIG}"),
    "a module is only imported in try": (
        "-- app.py --\ntry:\n    from config import A\nexcept ImportError:\n    A = ''\nA.split()\n" + _CONFIG
    ),
    "raised again": (
        f"{_A}try:\n    B = A.split()\nexcept Exception as error:\n    print(error)\n    raise\n{_CONFIG}"
    ),
    "raised as another exception": (
        f"{_A}try:\n    B = A.split()\nexcept Exception as error:\n"
        f"    raise ValueError(f'bad {{error}}')\n{_CONFIG}"
    ),
    "exit": f"{_A}try:\n    B = A.split()\nexcept:\n    sys.exit(1)\n{_CONFIG}",
    "another exception is caught": (
        f"{_A}try:\n    B = A.split()\nexcept (KeyError, ValueError):\n    B = []\n{_CONFIG}"
    ),
    "one of two handlers": (
        f"{_A}try:\n    B = int(A)\nexcept TypeError:\n    raise\nexcept ValueError:\n    B = 0\n{_CONFIG}"
    ),
    "finally": f"{_A}try:\n    pass\nfinally:\n    A.split()\n{_CONFIG}",
    "else": f"{_A}try:\n    import json\nexcept ImportError:\n    pass\nelse:\n    A.split()\n{_CONFIG}",
    "another module for Python's": (
        f"{_A}try:\n    import ujson_x as json\nexcept ImportError:\n    import json\njson.loads(A)\n"
        f"{_CONFIG}"
    ),
    "Python's module for another": (
        f"{_A}try:\n    from zoneinfo import ZoneInfo\nexcept ImportError:\n"
        f"    from backports.zoneinfo import ZoneInfo\n"
        f"ZoneInfo(A)\n{_CONFIG}"
    ),
    "without settings of this machine": (
        "-- app.py --\nfrom config import *\ntry:\n    from local_settings import *\n"
        "except ImportError:\n    pass\n"
        "A.split()\n" + _CONFIG
    ),
    "a variable that a handler reads": (
        "-- app.py --\nimport os\ntry:\n    from local import A\nexcept ImportError:\n"
        '    A = os.getenv("A")\n'
        "A.split()\n"
    ),
    "a handler that fails": (
        f"{_A}try:\n    from local import B\nexcept ImportError:\n    B = A.split()\n{_CONFIG}"
    ),
}

test_program_that_starts_without_its_variable = starting(SILENT)
test_program_that_fails_while_it_starts = failing(FOUND)
