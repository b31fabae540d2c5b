"""`check --deploy`: decorators and context managers that catch exceptions; programs run without A."""

from __future__ import annotations

from support.started import failing, starting

# Programs that start without the variable.
SILENT = {
    "retry": (
        "-- app.py --\nimport os\ndef retry(n):\n    def deco(f):\n        def w(*a):\n"
        "            for i in range(n):\n                try:\n                    return f(*a)\n"
        "                except KeyError:\n                    pass\n"
        "            return None\n        return w\n    return deco\n@retry(3)\ndef load():\n"
        '    return os.environ["A"]\nX = load()\n'
    ),
    "deco catches": (
        "-- app.py --\nimport os, functools\ndef safe(f):\n    def w(*a, **k):\n        try:\n"
        "            return f(*a, **k)\n        except KeyError:\n            return None\n"
        '    return w\n@safe\ndef load():\n    return os.environ["A"]\nX = load()\n'
    ),
    "deco catches, uncalled": (
        "-- app.py --\nimport os, functools\ndef safe(f):\n    def w(*a, **k):\n        try:\n"
        "            return f(*a, **k)\n        except KeyError:\n            return None\n"
        '    return w\n@safe\ndef load():\n    return os.environ["A"]\n'
    ),
    "deco wraps": (
        "-- app.py --\nimport os, functools\ndef safe(f):\n    @functools.wraps(f)\n"
        "    def w(*a, **k):\n        try:\n            return f(*a, **k)\n        except KeyError:\n"
        '            return None\n    return w\n@safe\ndef load():\n    return os.environ["A"]\n'
        "X = load()\n"
    ),
    "deco other module": (
        "-- u.py --\nimport functools\ndef safe(f):\n    @functools.wraps(f)\n    def w(*a, **k):\n"
        "        try:\n            return f(*a, **k)\n        except KeyError:\n"
        "            return None\n    return w\n-- app.py --\nimport os\nfrom u import safe\n@safe\n"
        'def load():\n    return os.environ["A"]\nX = load()\n'
    ),
    "deco factory": (
        "-- app.py --\nimport os, functools\ndef default(d):\n    def deco(f):\n"
        "        @functools.wraps(f)\n        def w(*a, **k):\n            try:\n"
        "                return f(*a, **k)\n            except Exception:\n                return d\n"
        '        return w\n    return deco\n@default("x")\ndef load():\n    return os.environ["A"]\n'
        "X = load().strip()\n"
    ),
    "deco wrapper name param": (
        "-- app.py --\nimport os, functools\ndef safe(f):\n    def w(*a, **k):\n        try:\n"
        "            return f(*a, **k)\n        except KeyError:\n            return None\n"
        '    return w\n@safe\ndef need(n):\n    return os.environ[n]\nX = need("A")\n'
    ),
    "deco by call": (
        "-- app.py --\nimport os, functools\ndef safe(f):\n    def w(*a, **k):\n        try:\n"
        "            return f(*a, **k)\n        except KeyError:\n            return None\n"
        '    return w\ndef load():\n    return os.environ["A"]\nload = safe(load)\nX = load()\n'
    ),
    "deco by call direct": (
        "-- app.py --\nimport os, functools\ndef safe(f):\n    def w(*a, **k):\n        try:\n"
        "            return f(*a, **k)\n        except KeyError:\n            return None\n"
        '    return w\ndef load():\n    return os.environ["A"]\nX = safe(load)()\n'
    ),
    "deco method": (
        "-- app.py --\nimport os, functools\ndef safe(f):\n    def w(*a, **k):\n        try:\n"
        "            return f(*a, **k)\n        except KeyError:\n            return None\n"
        '    return w\nclass C:\n    @safe\n    def load(self):\n        return os.environ["A"]\n'
        "X = C().load()\n"
    ),
    "deco class": (
        "-- app.py --\nimport os\nclass safe:\n    def __init__(self, f):\n        self.f = f\n"
        "    def __call__(self, *a):\n        try:\n            return self.f(*a)\n"
        "        except KeyError:\n            return None\n@safe\ndef load():\n"
        '    return os.environ["A"]\nX = load()\n'
    ),
    "deco pass arg lambda": (
        "-- app.py --\nimport os\ndef attempt(f, d=None):\n    try:\n        return f()\n"
        '    except KeyError:\n        return d\nX = attempt(lambda: os.environ["A"])\n'
    ),
    "attempt named": (
        "-- app.py --\nimport os\ndef attempt(f, d=None):\n    try:\n        return f()\n"
        '    except KeyError:\n        return d\ndef load():\n    return os.environ["A"]\n'
        "X = attempt(load)\n"
    ),
    "deco contextmanager": (
        "-- app.py --\nimport os, contextlib\n@contextlib.contextmanager\ndef quiet():\n    try:\n"
        "        yield\n    except KeyError:\n        pass\n@quiet()\ndef load():\n"
        '    return os.environ["A"]\nX = load()\nwith quiet():\n    Y = os.environ["A"]\n'
    ),
    "with contextmanager": (
        "-- app.py --\nimport os, contextlib\n@contextlib.contextmanager\ndef quiet():\n    try:\n"
        "        yield\n    except KeyError:\n        pass\nY = None\nwith quiet():\n"
        '    Y = os.environ["A"]\n'
    ),
    "with class exit": (
        "-- app.py --\nimport os\nclass Q:\n    def __enter__(self):\n        return self\n"
        "    def __exit__(self, t, e, tb):\n        return True\nY = None\nwith Q():\n"
        '    Y = os.environ["A"]\n'
    ),
    "stacked, log outer": (
        "-- app.py --\nimport os, functools, contextlib\ndef safe(f):\n    def w(*a, **k):\n"
        "        try:\n            return f(*a, **k)\n        except KeyError:\n"
        "            return None\n    return w\ndef log(f):\n    @functools.wraps(f)\n"
        "    def w(*a, **k):\n        return f(*a, **k)\n    return w\n@log\n@safe\ndef load():\n"
        '    return os.environ["A"]\nX = load()\n'
    ),
    "stacked, lru_cache": (
        "-- app.py --\nimport os, functools, contextlib\ndef safe(f):\n    def w(*a, **k):\n"
        "        try:\n            return f(*a, **k)\n        except KeyError:\n"
        "            return None\n    return w\n@functools.lru_cache\n@safe\ndef load():\n"
        '    return os.environ["A"]\nX = load()\n'
    ),
    "stacked classmethod": (
        "-- app.py --\nimport os, functools, contextlib\ndef safe(f):\n    def w(*a, **k):\n"
        "        try:\n            return f(*a, **k)\n        except KeyError:\n"
        "            return None\n    return w\nclass C:\n    @classmethod\n    @safe\n"
        '    def load(cls):\n        return os.environ["A"]\nX = C.load()\n'
    ),
    "stacked property": (
        "-- app.py --\nimport os, functools, contextlib\ndef safe(f):\n    def w(*a, **k):\n"
        "        try:\n            return f(*a, **k)\n        except KeyError:\n"
        "            return None\n    return w\nclass C:\n    @property\n    @safe\n"
        '    def key(self):\n        return os.environ["A"]\nX = C().key\n'
    ),
    "stacked static": (
        "-- app.py --\nimport os, functools, contextlib\ndef safe(f):\n    def w(*a, **k):\n"
        "        try:\n            return f(*a, **k)\n        except KeyError:\n"
        "            return None\n    return w\nclass C:\n    @staticmethod\n    @safe\n"
        '    def load():\n        return os.environ["A"]\nX = C.load()\n'
    ),
    "deco eager": (
        "-- app.py --\nimport os, functools, contextlib\ndef run(f):\n    try:\n        return f()\n"
        '    except KeyError:\n        return None\n@run\ndef KEY():\n    return os.environ["A"]\n'
        "print(KEY)\n"
    ),
    "log, caller catches": (
        "-- app.py --\nimport os, functools, contextlib\ndef log(f):\n    @functools.wraps(f)\n"
        "    def w(*a, **k):\n        return f(*a, **k)\n    return w\n@log\ndef load():\n"
        '    return os.environ["A"]\ntry:\n    X = load()\nexcept KeyError:\n    X = None\n'
    ),
    "args passed": (
        "-- app.py --\nimport os, functools, contextlib\ndef safe(f):\n    def w(*a, **k):\n"
        "        try:\n            return f(*a, **k)\n        except KeyError:\n"
        "            return None\n    return w\n@safe\ndef need(name, default=None):\n"
        '    return os.environ[name]\nX = need("A", default=3)\n'
    ),
    "getenv through log default": (
        "-- app.py --\nimport os, functools, contextlib\ndef log(f):\n    def w(*a, **k):\n"
        '        return f(*a, **k)\n    return w\n@log\ndef get(name, default=""):\n'
        '    return os.getenv(name, default)\nX = get("A").strip()\n'
    ),
    "kwargs default": (
        "-- app.py --\nimport os, functools, contextlib\ndef get(name, **k):\n"
        '    return os.getenv(name, k.get("default"))\nX = get("A", default="x").strip()\n'
    ),
    "args unpack ok": (
        "-- app.py --\nimport os, functools, contextlib\ndef get(*names):\n"
        '    return [os.environ.get(n, "") for n in names]\nX = [x.strip() for x in get("A", "B")]\n'
    ),
    "two with": (
        "-- app.py --\nimport os, functools, contextlib\nclass Q:\n"
        "    def __enter__(self): return self\n    def __exit__(self, *a): return True\n"
        'with open(os.devnull) as f, Q():\n    Y = os.environ["A"]\n'
    ),
    "cm catches attr": (
        "-- app.py --\nimport os, functools, contextlib\n@contextlib.contextmanager\ndef q():\n"
        "    try:\n        yield\n    except AttributeError:\n        pass\nwith q():\n"
        '    Y = os.getenv("A").strip()\n'
    ),
    "cm in function": (
        "-- app.py --\nimport os, functools, contextlib\n@contextlib.contextmanager\ndef q():\n"
        "    try:\n        yield\n    except KeyError:\n        pass\ndef load():\n"
        '    return os.environ["A"]\nwith q():\n    Y = load()\n'
    ),
    "view only, deco": (
        "-- app.py --\nimport os, functools, contextlib\ndef safe(f):\n    def w(*a, **k):\n"
        "        try:\n            return f(*a, **k)\n        except KeyError:\n"
        '            return None\n    return w\n@safe\ndef load():\n    return os.environ["A"]\n'
        "def view():\n    return load()\n"
    ),
    "lambda deco": (
        "-- app.py --\nimport os, functools, contextlib\ndef safe(f):\n"
        "    return lambda *a: attempt(f, *a)\ndef attempt(f, *a):\n    try:\n        return f(*a)\n"
        '    except KeyError:\n        return None\n@safe\ndef load():\n    return os.environ["A"]\n'
        "X = load()\n"
    ),
    "async deco": (
        "-- app.py --\nimport os, functools, contextlib\nimport asyncio\ndef safe(f):\n"
        "    async def w(*a):\n        try:\n            return await f(*a)\n"
        "        except KeyError:\n            return None\n    return w\n@safe\nasync def load():\n"
        '    return os.environ["A"]\nasyncio.run(load())\n'
    ),
    "deco int": (
        "-- app.py --\nimport os, functools, contextlib\ndef safe(f):\n    def w(*a):\n        try:\n"
        "            return f(*a)\n        except (TypeError, ValueError):\n            return 0\n"
        '    return w\n@safe\ndef port():\n    return int(os.getenv("A"))\nX = port()\n'
    ),
    "deco with suppress": (
        "-- app.py --\nimport os, functools, contextlib\ndef safe(f):\n    def w(*a):\n"
        "        with contextlib.suppress(KeyError):\n            return f(*a)\n    return w\n@safe\n"
        'def load():\n    return os.environ["A"]\nX = load()\n'
    ),
    "object call caught": (
        "-- app.py --\nimport os, functools, contextlib\nclass Env:\n    def __call__(self, n):\n"
        '        return os.environ[n]\nenv = Env()\ntry:\n    X = env("A")\nexcept KeyError:\n'
        "    X = None\n"
    ),
    "object call default": (
        "-- app.py --\nimport os, functools, contextlib\nclass Env:\n"
        "    def __call__(self, n, default=None):\n        return os.environ.get(n, default)\n"
        'env = Env()\nX = env("A", default="x").strip()\n'
    ),
}

# Programs that fail without it.
FOUND = {
    "retry": (
        "-- app.py --\nimport os\ndef retry(n):\n    def deco(f):\n        def w(*a):\n"
        "            for i in range(n):\n                try:\n                    return f(*a)\n"
        "                except KeyError:\n                    if i == n - 1:\n"
        "                        raise\n"
        "            return None\n        return w\n    return deco\n@retry(3)\ndef load():\n"
        '    return os.environ["A"]\nX = load()\n'
    ),
    "deco catches, used none": (
        "-- app.py --\nimport os, functools\ndef safe(f):\n    def w(*a, **k):\n        try:\n"
        "            return f(*a, **k)\n        except KeyError:\n            return None\n"
        '    return w\n@safe\ndef load():\n    return os.environ["A"]\nX = load().strip()\n'
    ),
    "deco other exc": (
        "-- app.py --\nimport os, functools\ndef safe(f):\n    def w(*a, **k):\n        try:\n"
        "            return f(*a, **k)\n        except ValueError:\n            return None\n"
        '    return w\n@safe\ndef load():\n    return os.environ["A"]\nX = load()\n'
    ),
    "deco reraises": (
        "-- app.py --\nimport os, functools\ndef safe(f):\n    def w(*a, **k):\n        try:\n"
        "            return f(*a, **k)\n        except KeyError as e:\n"
        '            raise RuntimeError("x") from e\n    return w\n@safe\ndef load():\n'
        '    return os.environ["A"]\nX = load()\n'
    ),
    "deco plain": (
        '-- app.py --\nimport os, functools\ndef log(f):\n    def w(*a, **k):\n        print("x")\n'
        '        return f(*a, **k)\n    return w\n@log\ndef load():\n    return os.environ["A"]\n'
        "X = load()\n"
    ),
    "deco wrapper name param fails": (
        '-- app.py --\nimport os, functools\ndef log(f):\n    def w(*a, **k):\n        print("x")\n'
        "        return f(*a, **k)\n    return w\n@log\ndef need(n):\n    return os.environ[n]\n"
        'X = need("A")\n'
    ),
    "attempt named other": (
        "-- app.py --\nimport os\ndef attempt(f, d=None):\n    try:\n        return f()\n"
        '    except ValueError:\n        return d\ndef load():\n    return os.environ["A"]\n'
        "X = attempt(load)\n"
    ),
    "deco suppress": (
        "-- app.py --\nimport os, contextlib\n@contextlib.suppress(KeyError)\ndef load():\n"
        '    return os.environ["A"]\nX = load()\n'
    ),
    "with contextmanager no catch": (
        "-- app.py --\nimport os, contextlib\n@contextlib.contextmanager\ndef quiet():\n    try:\n"
        "        yield\n    finally:\n        pass\nY = None\nwith quiet():\n"
        '    Y = os.environ["A"]\n'
    ),
    "with class exit no": (
        "-- app.py --\nimport os\nclass Q:\n    def __enter__(self):\n        return self\n"
        "    def __exit__(self, t, e, tb):\n        return False\nY = None\nwith Q():\n"
        '    Y = os.environ["A"]\n'
    ),
    "deco eager bad": (
        "-- app.py --\nimport os, functools, contextlib\ndef run(f):\n    return f()\n@run\n"
        'def KEY():\n    return os.environ["A"]\nprint(KEY)\n'
    ),
    "deco returns f": (
        "-- app.py --\nimport os, functools, contextlib\ndef safe(f):\n    def w(*a, **k):\n"
        "        try:\n            return f(*a, **k)\n        except KeyError:\n"
        '            return None\n    return w\ndef maybe(f):\n    if os.getenv("FAST"):\n'
        '        return safe(f)\n    return f\n@maybe\ndef load():\n    return os.environ["A"]\n'
        "X = load()\n"
    ),
    "deco register, run": (
        "-- app.py --\nimport os, functools, contextlib\nTASKS = []\ndef task(f):\n"
        '    TASKS.append(f)\n    return f\n@task\ndef load():\n    return os.environ["A"]\n'
        "for t in TASKS:\n    t()\n"
    ),
    "args passed, none used": (
        "-- app.py --\nimport os, functools, contextlib\ndef safe(f):\n    def w(*a, **k):\n"
        "        try:\n            return f(*a, **k)\n        except KeyError:\n"
        "            return None\n    return w\n@safe\ndef need(name, default=None):\n"
        '    return os.environ[name]\nX = need("A", default=3) + "x"\n'
    ),
    "getenv through log": (
        "-- app.py --\nimport os, functools, contextlib\ndef log(f):\n    def w(*a, **k):\n"
        "        return f(*a, **k)\n    return w\n@log\ndef get(name):\n    return os.getenv(name)\n"
        'X = get("A").strip()\n'
    ),
    "kwargs passed": (
        "-- app.py --\nimport os, functools, contextlib\ndef get(**k):\n"
        '    return os.getenv(k["name"])\nX = get(name="A").strip()\n'
    ),
    "args unpack": (
        "-- app.py --\nimport os, functools, contextlib\ndef get(*names):\n"
        '    return [os.environ[n] for n in names]\nX = get("A", "B")\n'
    ),
    "with exit expr 2": (
        "-- app.py --\nimport os, functools, contextlib\nclass Q:\n"
        "    def __enter__(self): return self\n"
        "    def __exit__(self, t, e, tb): return t is ValueError\nwith Q():\n"
        '    Y = os.environ["A"]\n'
    ),
    "cm other": (
        "-- app.py --\nimport os, functools, contextlib\n@contextlib.contextmanager\ndef q():\n"
        "    try:\n        yield\n    except ValueError:\n        pass\nwith q():\n"
        '    Y = os.environ["A"]\n'
    ),
    "cm raises": (
        "-- app.py --\nimport os, functools, contextlib\n@contextlib.contextmanager\ndef q():\n"
        "    try:\n        yield\n    except KeyError as e:\n"
        '        raise RuntimeError("missing") from e\nwith q():\n    Y = os.environ["A"]\n'
    ),
    "cm log reraise": (
        "-- app.py --\nimport os, functools, contextlib\n@contextlib.contextmanager\ndef q():\n"
        '    try:\n        yield\n    except Exception:\n        print("x")\n        raise\n'
        'with q():\n    Y = os.environ["A"]\n'
    ),
    "cm plain timer": (
        "-- app.py --\nimport os, functools, contextlib\nimport time\n@contextlib.contextmanager\n"
        "def timer():\n    t = time.time()\n    yield\n    print(time.time() - t)\nwith timer():\n"
        '    Y = os.environ["A"]\n'
    ),
    "cm plain none": (
        "-- app.py --\nimport os, functools, contextlib\nimport time\n@contextlib.contextmanager\n"
        "def timer():\n    t = time.time()\n    yield\n    print(time.time() - t)\nwith timer():\n"
        '    Y = os.getenv("A").strip()\n'
    ),
    "async deco not awaited": (
        "-- app.py --\nimport os, functools, contextlib\nimport asyncio\ndef safe(f):\n"
        "    def w(*a):\n        try:\n            return f(*a)\n        except KeyError:\n"
        "            return None\n    return w\n@safe\nasync def load():\n"
        '    return os.environ["A"]\nasyncio.run(load())\n'
    ),
    "object call": (
        "-- app.py --\nimport os, functools, contextlib\nclass Env:\n    def __call__(self, n):\n"
        '        return os.environ[n]\nenv = Env()\nX = env("A")\n'
    ),
    "object call default bad": (
        "-- app.py --\nimport os, functools, contextlib\nclass Env:\n"
        "    def __call__(self, n, default=None):\n        return os.environ.get(n, default)\n"
        'env = Env()\nX = env("A").strip()\n'
    ),
}

test_program_that_starts_without_its_variable = starting(SILENT)
test_program_that_fails_while_it_starts = failing(FOUND)
