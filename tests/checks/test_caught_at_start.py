"""`check --deploy`: exceptions that a caller catches. Each program is also really started, without A."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.properties import REAL_STARTS
from support.started import failing, is_reported, severities, starting, starts

_READ = 'K = os.environ["A"]\n'


def _quiet(ending: str) -> str:
    return (
        "-- app.py --\nimport os, contextlib\nclass Quiet:\n    def __init__(self, *kinds):\n"
        "        self.kinds = kinds\n    def __enter__(self):\n        return self\n"
        f"    def __exit__(self, t, e, b):\n        {ending}\n"
    )


_ERRORS = "-- errs.py --\nE = (KeyError, ValueError)\n-- app.py --\nimport os, errs\n"
_GET_A = 'def f():\n    return os.environ["A"]\n'
_CONTEXTS = (
    "-- app.py --\nimport os\nfrom contextlib import ContextDecorator, ExitStack, suppress\n"
    "from functools import partial\n"
)
_IN_TRY = "-- app.py --\nimport os\ndef f():\n    try:\n        return os.environ['A']\n"

_SETTINGS = (
    "-- conf.py --\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    a: str\n"
    "settings = Settings()\n"
)
_TRY_SETTINGS = f"{_SETTINGS}-- app.py --\ntry:\n    from conf import settings\nexcept "
_TRY_K = (
    "-- conf.py --\nimport os, shutil\nif shutil.which('x'):\n    print(1)\nK = os.environ['A']\n"
    "-- app.py --\ntry:\n    from conf import K\nexcept "
)


def _decorator(ending: str) -> str:
    return (
        f"{_CONTEXTS}class Quiet(ContextDecorator):\n    def __enter__(self):\n        return self\n"
        f"    def __exit__(self, t, e, b):\n        {ending}\n@Quiet()\n{_GET_A}f()\n"
    )


# Programs that start without the variable.
SILENT = {
    "a library that the requirements do not list": f"{_TRY_SETTINGS}Exception:\n    settings = None\n",
    "such a library, and two exceptions": (
        f"{_TRY_SETTINGS}(ImportError, ValueError):\n    settings = None\n"
    ),
    "such a library, and a function": (
        f"{_SETTINGS}-- app.py --\ndef load():\n    try:\n        from conf import settings\n"
        "    except Exception:\n        return None\n    return settings\nload()\n"
    ),
    "several exceptions of another module, added to others": (
        "-- errs.py --\nD = (KeyError,)\nE = (*D, ValueError) + (OSError,)\n-- conf.py --\nimport os\n"
        f"{_READ}-- app.py --\nimport errs\ntry:\n    import conf\nexcept errs.E:\n    pass\n"
    ),
    "unknown code before": f"{_TRY_K}Exception:\n    K = None\n",
    "unknown code before, and two handlers": (
        f"{_TRY_K}ImportError:\n    K = 1\nexcept KeyError:\n    K = None\n"
    ),
    "except with several of another module": f"{_ERRORS}try:\n    {_READ}except errs.E:\n    K = None\n",
    "except with several around a call": (
        f"{_ERRORS}{_GET_A}try:\n    K = f()\nexcept errs.E:\n    K = None\n"
    ),
    "except with a sum around a call": (
        f"{_ERRORS}{_GET_A}ALL = errs.E + (OSError,)\ntry:\n    K = f()\nexcept ALL:\n    K = None\n"
    ),
    "except with several of several around a call": (
        f"{_ERRORS}{_GET_A}ALL = (*errs.E, OSError)\ntry:\n    K = f()\nexcept ALL:\n    K = None\n"
    ),
    "except with several in a view": (
        f"{_ERRORS}{_GET_A}def view():\n    try:\n        return f()\n"
        "    except errs.E:\n        return None\n"
    ),
    "a manager as a decorator": _decorator("return t is KeyError"),
    "a manager as a decorator for all": _decorator("return True"),
    "a manager in a stack": (
        f"{_quiet('return t is KeyError')}with contextlib.ExitStack() as s:\n"
        f"    s.enter_context(Quiet())\n    {_READ}"
    ),
    "finally returns": f"{_IN_TRY}    finally:\n        return None\nf()\n",
    "finally returns after another exception": (
        f"{_IN_TRY}    except KeyError:\n        raise RuntimeError\n    finally:\n        return None\nf()\n"
    ),
    "finally returns around a call": (
        f"{_ERRORS}{_GET_A}def g():\n    try:\n        return f()\n    finally:\n        return 1\ng()\n"
    ),
    "finally returns in a view": f"{_IN_TRY}    finally:\n        return None\n",
    "finally leaves a loop": (
        f"-- app.py --\nimport os\nfor i in range(2):\n    try:\n        {_READ}    finally:\n        break\n"
    ),
    "an exit that tests for the exception": f"{_quiet('return t is KeyError')}with Quiet():\n    {_READ}",
    "an exit that tests for a base class": (
        f"{_quiet('return t is not None and issubclass(t, (LookupError, OSError))')}"
        f"with Quiet():\n    {_READ}"
    ),
    "an exit that tests the object": (
        f"{_quiet('return isinstance(e, KeyError)')}q = Quiet()\nwith q:\n    {_READ}"
    ),
    "an exit of a base class": (
        f"{_quiet('return t is KeyError')}class B(Quiet):\n    pass\n"
        f"with open(__file__), B() as b:\n    {_READ}"
    ),
    "a function in a manager": (
        f"{_quiet('return t is KeyError')}def f():\n    {_READ}with Quiet():\n    f()\n"
    ),
    "suppress with several in a name": (
        "-- app.py --\nimport os, contextlib\n"
        f"ONE = (KeyError,)\nwith contextlib.suppress(*ONE):\n    {_READ}"
    ),
    "except with several in a name": (
        f"-- app.py --\nimport os\nBOTH = (KeyError, ValueError)\ntry:\n    {_READ}"
        "except BOTH:\n    K = None\n"
    ),
    "a manager in a manager": (
        "-- app.py --\nimport os\nfrom contextlib import contextmanager, suppress\n@contextmanager\n"
        f"def q():\n    with suppress(KeyError):\n        yield\nwith q():\n    {_READ}"
    ),
    "caller catches": (
        '-- app.py --\nimport os\ndef need(n):\n    return os.environ[n]\ntry:\n    X = need("A")\n'
        "except KeyError:\n    X = None\n"
    ),
    "module": (
        "-- h.py --\nimport os\ndef need(n):\n    return os.environ[n]\n-- app.py --\n"
        'from h import need\ntry:\n    X = need("A")\nexcept KeyError:\n    X = None\n'
    ),
    "literal in function, two": (
        '-- h.py --\nimport os\ndef get_a():\n    return os.environ["A"]\ndef b():\n'
        "    return get_a()\n-- app.py --\nfrom h import b\ntry:\n    X = b()\nexcept Exception:\n"
        "    X = None\n"
    ),
    "suppress": (
        "-- app.py --\nimport os, contextlib\ndef need(n):\n    return os.environ[n]\nX=None\n"
        'with contextlib.suppress(KeyError):\n    X = need("A")\n'
    ),
    "suppress, function literal": (
        "-- app.py --\nimport os\nfrom contextlib import suppress\ndef a():\n"
        '    return os.environ["A"]\nX=None\nwith suppress(KeyError):\n    X = a()\n'
    ),
    "import caught": (
        '-- s.py --\nimport os\nX = os.environ["A"]\n-- app.py --\ntry:\n    import s\n'
        "except KeyError:\n    s = None\n"
    ),
    "raise own": (
        "-- s.py --\nimport os\nclass Missing(Exception): pass\ndef need(n):\n    v = os.getenv(n)\n"
        "    if not v:\n        raise Missing(n)\n    return v\n-- app.py --\n"
        'from s import need, Missing\ntry:\n    X = need("A")\nexcept Missing:\n    X = None\n'
    ),
    "raise own two": (
        "-- s.py --\nimport os\nclass Missing(Exception): pass\ndef need(n):\n    v = os.getenv(n)\n"
        "    if not v:\n        raise Missing(n)\n    return v\n-- t.py --\n"
        "from s import need, Missing\ndef opt(n, d=None):\n    try:\n        return need(n)\n"
        '    except Missing:\n        return d\n-- app.py --\nfrom t import opt\nX = opt("A")\n'
    ),
    "method": (
        "-- app.py --\nimport os\nclass C:\n    def need(self, n):\n        return os.environ[n]\n"
        '    def a(self):\n        return self.need("A")\nc = C()\ntry:\n    X = c.a()\n'
        "except KeyError:\n    X = None\n"
    ),
    "int": (
        "-- s.py --\nimport os\ndef num(n):\n    return int(os.getenv(n))\n-- app.py --\n"
        'from s import num\ntry:\n    X = num("A")\nexcept TypeError:\n    X = None\n'
    ),
    "loop": (
        '-- app.py --\nimport os\ndef need(n):\n    return os.environ[n]\nV={}\nfor n in ("A","B"):\n'
        "    try:\n        V[n] = need(n)\n    except KeyError:\n        V[n] = None\n"
    ),
    "passed function": (
        "-- app.py --\nimport os\ndef attempt(f, d=None):\n    try:\n        return f()\n"
        '    except KeyError:\n        return d\nX = attempt(lambda: os.environ["A"])\n'
    ),
    "passed function 2": (
        '-- app.py --\nimport os\ndef load():\n    return os.environ["A"]\ndef attempt(f, d=None):\n'
        "    try:\n        return f()\n    except KeyError:\n        return d\nX = attempt(load)\n"
    ),
    "lookuperror": (
        '-- app.py --\nimport os\ndef need(n):\n    return os.environ[n]\ntry:\n    X = need("A")\n'
        "except LookupError:\n    X = None\n"
    ),
    "try value": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    X = "a,b"\nX.split()\n'
    ),
    "try flag": (
        '-- app.py --\nimport os\nok = True\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n'
        "    ok = False\nif ok:\n    X.split()\n"
    ),
    "fn none tested": (
        '-- app.py --\nimport os\ndef get_a():\n    return os.environ["A"]\ntry:\n    X = get_a()\n'
        "except KeyError:\n    X = None\nif X is not None:\n    X.split()\n"
    ),
    "handler exits cond": (
        '-- app.py --\nimport os, sys\ndef get_a():\n    return os.environ["A"]\ntry:\n'
        '    X = get_a()\nexcept KeyError as e:\n    if os.getenv("STRICT"):\n        raise\n'
        "    X = None\n"
    ),
    "suppress then default": (
        "-- app.py --\nimport os\nfrom contextlib import suppress\ndef get_a():\n"
        '    return os.environ["A"]\nX = "x"\nwith suppress(KeyError):\n    X = get_a()\nX.split()\n'
    ),
    "fn has try returns none": (
        '-- app.py --\nimport os\ndef get_a():\n    return os.environ["A"]\ndef safe():\n    try:\n'
        "        return get_a()\n    except KeyError:\n        return None\nsafe()\n"
    ),
    "else clause": (
        '-- app.py --\nimport os\ndef get_a():\n    return os.environ["A"]\ntry:\n    X = get_a()\n'
        "except KeyError:\n    X = None\nelse:\n    X.keys()\n"
    ),
    "view caught": (
        '-- app.py --\nimport os\ndef get_a():\n    return os.environ["A"]\ndef view():\n    try:\n'
        '        return get_a()\n    except KeyError:\n        return "none"\n'
    ),
    "view caught, custom": (
        "-- app.py --\nimport os\nclass Missing(RuntimeError): pass\ndef get_a():\n"
        '    v = os.environ.get("A")\n    if v is None:\n        raise Missing("A")\n    return v\n'
        'def view():\n    try:\n        return get_a()\n    except Missing:\n        return "none"\n'
    ),
    "view caught, custom base": (
        "-- app.py --\nimport os\nclass Missing(RuntimeError): pass\ndef get_a():\n"
        '    v = os.environ.get("A")\n    if v is None:\n        raise Missing("A")\n    return v\n'
        "def view():\n    try:\n        return get_a()\n    except RuntimeError:\n"
        '        return "none"\n'
    ),
    "split": (
        "-- s.py --\nimport os\ndef lst(n):\n    return os.getenv(n).split()\n-- app.py --\n"
        'from s import lst\ntry:\n    X = lst("A")\nexcept AttributeError:\n    X = None\n'
    ),
    "convert caught": (
        "-- s.py --\nimport os\ndef need(n):\n    try:\n        return os.environ[n]\n"
        "    except KeyError:\n        raise RuntimeError(n) from None\n-- app.py --\n"
        'from s import need\ntry:\n    X = need("A")\nexcept RuntimeError:\n    X = None\n'
    ),
    "middle converts caught": (
        "-- s.py --\nimport os\ndef need(n):\n    return os.environ[n]\ndef mid(n):\n    try:\n"
        "        return need(n)\n    except KeyError as e:\n        raise RuntimeError(n) from e\n"
        '-- app.py --\nfrom s import mid\ntry:\n    X = mid("A")\nexcept RuntimeError:\n    X = None\n'
    ),
    "exit in fn caught": (
        '-- app.py --\nimport os, sys\ndef get_a():\n    v = os.getenv("A")\n    if not v:\n'
        '        sys.exit("A")\n    return v\ntry:\n    X = get_a()\nexcept SystemExit:\n    X = None\n'
    ),
    "factory": (
        '-- app.py --\nimport os\nfrom flask import Flask\ndef get_a():\n    return os.environ["A"]\n'
        'def create_app():\n    app = Flask(__name__)\n    try:\n        app.config["X"] = get_a()\n'
        '    except KeyError:\n        app.config["X"] = ""\n    return app\napp = create_app()\n'
    ),
    "class init": (
        "-- app.py --\nimport os\nclass S3:\n    def __init__(self):\n"
        '        self.key = os.environ["A"]\ntry:\n    s = S3()\nexcept KeyError:\n    s = None\n'
    ),
    "class init view": (
        "-- app.py --\nimport os\nclass S3:\n    def __init__(self):\n"
        '        self.key = os.environ["A"]\ndef view():\n    try:\n        return S3()\n'
        "    except KeyError:\n        return None\n"
    ),
    "settings import caught": (
        '-- s.py --\nimport os\nX = os.environ["A"]\n-- app.py --\ntry:\n    from s import X\n'
        'except Exception as e:\n    print("bad", e)\n    X = ""\n'
    ),
    "log and go": (
        "-- app.py --\nimport os, logging\nlog = logging.getLogger(__name__)\ndef get_a():\n"
        '    return os.environ["A"]\ntry:\n    X = get_a()\nexcept KeyError:\n    log.warning("no A")\n'
        "    X = None\n"
    ),
    "for retry": (
        '-- app.py --\nimport os\ndef get_a():\n    return os.environ["A"]\nX=None\n'
        "for i in range(3):\n    try:\n        X = get_a()\n        break\n    except KeyError:\n"
        "        continue\n"
    ),
    "nested try": (
        '-- app.py --\nimport os\ndef get_a():\n    return os.environ["A"]\ntry:\n    try:\n'
        "        X = get_a()\n    except ValueError:\n        X = 1\nexcept LookupError:\n"
        "    X = None\n"
    ),
    "else raise": (
        '-- app.py --\nimport os\ndef get_a():\n    return os.environ["A"]\ntry:\n    X = get_a()\n'
        "except KeyError:\n    pass\nelse:\n    raise SystemExit(2)\n"
    ),
    "async": (
        '-- app.py --\nimport os, asyncio\nasync def a():\n    return os.environ["A"]\n'
        "async def main():\n    try:\n        await a()\n    except KeyError:\n        pass\n"
        "asyncio.run(main())\n"
    ),
    "generator": (
        '-- app.py --\nimport os\ndef get_a():\n    return os.environ["A"]\ndef g():\n'
        "    yield get_a()\ntry:\n    X = list(g())\nexcept KeyError:\n    X = None\n"
    ),
    "generator lazily": (
        '-- app.py --\nimport os\ndef get_a():\n    return os.environ["A"]\ndef g():\n    try:\n'
        "        yield get_a()\n    except KeyError:\n        yield None\nX=list(g())\n"
    ),
    "comprehension": (
        "-- app.py --\nimport os\ndef need(n):\n    return os.environ[n]\ntry:\n"
        '    X = {n: need(n) for n in ("A",)}\nexcept KeyError:\n    X = None\n'
    ),
    "subclass": (
        "-- e.py --\nclass ConfigError(Exception): pass\nclass Missing(ConfigError): pass\n-- s.py --\n"
        "import os\nfrom e import Missing\ndef need(n):\n    try:\n        return os.environ[n]\n"
        "    except KeyError:\n        raise Missing(n)\n-- app.py --\nfrom s import need\n"
        'from e import ConfigError\ntry:\n    X = need("A")\nexcept ConfigError:\n    X = None\n'
    ),
}

# Programs that fail without it.
FOUND = {
    "what the handler sets in place of settings": (
        f"{_TRY_SETTINGS}Exception:\n    settings = None\nprint(settings.a)\n"
    ),
    "a module that a caught exception ended is imported again": (
        f"{_TRY_SETTINGS}Exception:\n    settings = None\nimport conf\n"
    ),
    "unknown code before, and a handler for imports": f"{_TRY_K}ImportError:\n    K = 1\n",
    "unknown code before, and one of two handlers ends": (
        f"{_TRY_K}ImportError:\n    K = 1\nexcept KeyError:\n    print(1)\n    raise\n"
    ),
    "except with others of another module": (
        f"{_ERRORS.replace('KeyError', 'OSError')}try:\n    {_READ}except errs.E:\n    K = None\n"
    ),
    "except with a sum of others around a call": (
        f"{_ERRORS.replace('KeyError', 'OSError')}{_GET_A}ALL = errs.E + (TypeError,)\n"
        "try:\n    K = f()\nexcept ALL:\n    K = None\n"
    ),
    "a manager for others as a decorator": _decorator("return t is ValueError"),
    "a manager for none as a decorator": _decorator("return False"),
    "a partial for others": f"{_CONTEXTS}q = partial(suppress, OSError)\nwith q():\n    {_READ}",
    "a stack with others": (
        f"{_CONTEXTS}with ExitStack() as s:\n    s.enter_context(suppress(OSError))\n    {_READ}"
    ),
    "a stack with a file": (
        f"{_CONTEXTS}with ExitStack() as s:\n    s.enter_context(open(__file__))\n    {_READ}"
    ),
    "a stack that nothing uses": f"{_CONTEXTS}s = ExitStack()\ns.enter_context(suppress(KeyError))\n{_READ}",
    "finally with a loop": (f"{_IN_TRY}    finally:\n        for i in range(2):\n            break\nf()\n"),
    "finally with a function": (f"{_IN_TRY}    finally:\n        def g():\n            return 1\nf()\n"),
    "an exit that tests for another exception": (
        f"{_quiet('return t is not None and issubclass(t, OSError)')}with Quiet():\n    {_READ}"
    ),
    "an exit that tests for another class": f"{_quiet('return t is LookupError')}with Quiet():\n    {_READ}",
    "an exit that returns nothing": f"{_quiet('print(t)')}with Quiet():\n    {_READ}",
    "suppress with another exception in a name": (
        f"-- app.py --\nimport os, contextlib\nONE = ValueError\nwith contextlib.suppress(ONE):\n    {_READ}"
    ),
    "literal in function, elsewhere too": (
        '-- h.py --\nimport os\ndef get_a():\n    return os.environ["A"]\n-- app.py --\n'
        "from h import get_a\ntry:\n    X = get_a()\nexcept KeyError:\n    X = None\nget_a()\n"
    ),
    "int other": (
        "-- s.py --\nimport os\ndef num(n):\n    return int(os.getenv(n))\n-- app.py --\n"
        'from s import num\ntry:\n    X = num("A")\nexcept ValueError:\n    X = None\n'
    ),
    "try none used": (
        '-- app.py --\nimport os\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n    X = None\nX.split()\n'
    ),
    "try flag raises": (
        '-- app.py --\nimport os\nok = True\ntry:\n    X = os.environ["A"]\nexcept KeyError:\n'
        '    ok = False\nif not ok:\n    raise SystemExit("x")\n'
    ),
    "wrapper none used": (
        '-- app.py --\nimport os\ndef need(n):\n    return os.environ[n]\ntry:\n    X = need("A")\n'
        "except KeyError:\n    X = None\nX.split()\n"
    ),
    "fn none used": (
        '-- app.py --\nimport os\ndef get_a():\n    return os.environ["A"]\ntry:\n    X = get_a()\n'
        "except KeyError:\n    X = None\nX.split()\n"
    ),
    "handler logs exits": (
        '-- app.py --\nimport os, sys\ndef get_a():\n    return os.environ["A"]\ntry:\n'
        '    X = get_a()\nexcept KeyError as e:\n    print(f"missing {e}")\n    sys.exit(1)\n'
    ),
    "suppress then used": (
        "-- app.py --\nimport os\nfrom contextlib import suppress\ndef get_a():\n"
        '    return os.environ["A"]\nX = None\nwith suppress(KeyError):\n    X = get_a()\nX.split()\n'
    ),
    "fn has try returns none, used": (
        '-- app.py --\nimport os\ndef get_a():\n    return os.environ["A"]\ndef safe():\n    try:\n'
        "        return get_a()\n    except KeyError:\n        return None\nsafe().split()\n"
    ),
    "int attr err": (
        "-- s.py --\nimport os\ndef num(n):\n    return int(os.getenv(n))\n-- app.py --\n"
        'from s import num\ntry:\n    X = num("A")\nexcept AttributeError:\n    X = None\n'
    ),
    "split typeerr": (
        "-- s.py --\nimport os\ndef lst(n):\n    return os.getenv(n).split()\n-- app.py --\n"
        'from s import lst\ntry:\n    X = lst("A")\nexcept TypeError:\n    X = None\n'
    ),
    "convert": (
        "-- s.py --\nimport os\ndef need(n):\n    try:\n        return os.environ[n]\n"
        "    except KeyError:\n        raise RuntimeError(n)\n-- app.py --\nfrom s import need\ntry:\n"
        '    X = need("A")\nexcept KeyError:\n    X = None\n'
    ),
    "middle converts": (
        "-- s.py --\nimport os\ndef need(n):\n    return os.environ[n]\ndef mid(n):\n    try:\n"
        "        return need(n)\n    except KeyError as e:\n        raise RuntimeError(n) from e\n"
        '-- app.py --\nfrom s import mid\ntry:\n    X = mid("A")\nexcept KeyError:\n    X = None\n'
    ),
    "middle converts literal": (
        '-- s.py --\nimport os\ndef a():\n    return os.environ["A"]\ndef mid():\n    try:\n'
        '        return a()\n    except KeyError as e:\n        raise RuntimeError("x") from e\n'
        "-- app.py --\nfrom s import mid\ntry:\n    X = mid()\nexcept KeyError:\n    X = None\n"
    ),
    "exit in fn": (
        '-- app.py --\nimport os, sys\ndef get_a():\n    v = os.getenv("A")\n    if not v:\n'
        '        sys.exit("A")\n    return v\ntry:\n    X = get_a()\nexcept Exception:\n    X = None\n'
    ),
    "factory not": (
        '-- app.py --\nimport os\nfrom flask import Flask\ndef get_a():\n    return os.environ["A"]\n'
        'def create_app():\n    app = Flask(__name__)\n    app.config["X"] = get_a()\n    return app\n'
        "app = create_app()\n"
    ),
    "class init used": (
        "-- app.py --\nimport os\nclass S3:\n    def __init__(self):\n"
        '        self.key = os.environ["A"]\n    def go(self): pass\ntry:\n    s = S3()\n'
        "except KeyError:\n    s = None\ns.go()\n"
    ),
    "import caught reraise": (
        '-- s.py --\nimport os\nX = os.environ["A"]\n-- app.py --\ntry:\n    from s import X\n'
        'except KeyError as e:\n    raise SystemExit(f"set {e}")\n'
    ),
    "subclass not": (
        "-- e.py --\nclass ConfigError(Exception): pass\nclass Missing(Exception): pass\n-- s.py --\n"
        "import os\nfrom e import Missing\ndef need(n):\n    try:\n        return os.environ[n]\n"
        "    except KeyError:\n        raise Missing(n)\n-- app.py --\nfrom s import need\n"
        'from e import ConfigError\ntry:\n    X = need("A")\nexcept ConfigError:\n    X = None\n'
    ),
}

_GET = '-- app.py --\nimport os\ndef get_a():\n    return os.environ["A"]\n'


# Programs of which it is not known whether they fail.
UNKNOWN = {
    "a partial": f"{_CONTEXTS}q = partial(suppress, KeyError)\nwith q():\n    {_READ}",
    "a partial without a name": f"{_CONTEXTS}with partial(suppress, KeyError)():\n    {_READ}",
    "a stack": f"{_CONTEXTS}with ExitStack() as s:\n    s.enter_context(suppress(KeyError))\n    {_READ}",
    "a stack under a name": (
        f"{_CONTEXTS}s = ExitStack()\ns.enter_context(suppress(KeyError))\nwith s:\n    {_READ}"
    ),
    "a stack with a function": f"{_CONTEXTS}with ExitStack() as s:\n    s.push(lambda *_: True)\n    {_READ}",
    "a stack in a function": (
        f"{_CONTEXTS}def f():\n    with ExitStack() as s:\n        s.enter_context(suppress(KeyError))\n"
        "        return os.environ['A']\nf()\n"
    ),
    "finally that perhaps returns": (
        f"{_IN_TRY}    finally:\n        if 'B' not in os.environ:\n            return None\nf()\n"
    ),
    "an exit with a list of exceptions": (
        f"{_quiet('return t is not None and issubclass(t, self.kinds)')}with Quiet(KeyError):\n    {_READ}"
    ),
    "an exit with a condition": (f"{_quiet('if t is KeyError: return True')}with Quiet():\n    {_READ}"),
    "a subclass of suppress": (
        "-- app.py --\nimport os\nfrom contextlib import suppress\nclass Quiet(suppress):\n    pass\n"
        f"with Quiet(KeyError):\n    {_READ}"
    ),
    "suppress under a name": (
        "-- app.py --\nimport os, contextlib\nquiet = contextlib.suppress(KeyError)\n"
        f"with quiet:\n    {_READ}"
    ),
    "a function that returns suppress": (
        "-- app.py --\nimport os, contextlib\ndef q():\n    return contextlib.suppress(KeyError)\n"
        f"with q():\n    {_READ}"
    ),
}


@pytest.mark.parametrize("files", UNKNOWN.values(), ids=UNKNOWN)
def test_manager_that_may_catch(tmp_path: Path, files: str) -> None:
    assert severities(tmp_path, files) == {"warning"}
    if REAL_STARTS:
        assert starts(tmp_path)


test_program_that_starts_without_its_variable = starting(SILENT)
test_program_that_fails_while_it_starts = failing(FOUND)


def test_another_caller_does_not_catch_it(tmp_path: Path) -> None:
    caught = f"{_GET}try:\n    X = get_a()\nexcept KeyError:\n    X = None\n"
    assert is_reported(tmp_path, f"{caught}def view():\n    return get_a()\n")


def test_another_program_does_not_catch_it(tmp_path: Path) -> None:
    files = (
        "-- Procfile --\nweb: gunicorn app:app\nworker: python work.py\n"
        '-- config.py --\nimport os\nA = os.environ["A"]\n'
        "-- app.py --\ntry:\n    from config import A\nexcept KeyError:\n    A = None\n"
        "-- work.py --\nimport config\n"
    )
    assert is_reported(tmp_path, files)
    if REAL_STARTS:
        assert starts(tmp_path)
        assert not starts(tmp_path, "import work")
