"""`check --deploy`: calls in which a program that starts unpacks, enters, awaits or looks at a value.

Each program is really started.
"""

from __future__ import annotations

from support.started import failing, starting

_APP = "-- app.py --\nimport os, asyncio\n"
_CONNECT = (
    f"{_APP}def connect(token, timeout=None, **kw):\n    if timeout is not None:\n        return\n"
    "    if not token:\n        raise ValueError\nkw = {}\n"
)
_KEY = "if 'B' in os.environ:\n    kw['timeout'] = float(os.environ['B'])\n"
_USE = "connect(os.getenv('A'), **kw)\n"
_CLIENT = f"{_APP}class Client:\n    def __init__(self):\n        self.token = os.getenv('A')\n"
_EXIT = "    def __exit__(self, *a):\n        pass\n"
_ASYNC_EXIT = "    async def __aexit__(self, *a):\n        pass\n"
_CHECKS = "        if not self.token:\n            raise RuntimeError\n        return self\n"
_ENTERED = f"{_CLIENT}    def __enter__(self):\n{_CHECKS}{_EXIT}"
_RUN = "    async def run(self):\n        if self.token is None:\n            raise RuntimeError\n"
_SLEEP = "asyncio.sleep(0)"
_DICT = f"{_APP}CONFIG = {{'db': {{'host': 'x'}}, 'token': os.getenv('A')}}\n"


def _main(statement: str) -> str:
    return f"async def main():\n    {statement}\nasyncio.run(main())\n"


SILENT = {
    "results of coroutines": (
        f"{_APP}async def get():\n    return os.getenv('A')\n{_main('(await asyncio.gather(get()))[0]')}"
    ),
    "** of a dict that has the key": f"{_CONNECT}kw['timeout'] = 1\n{_USE}",
    "** of a dict that perhaps has the key": (
        f"{_CONNECT}if len(os.environ) < 10**6:\n    kw['timeout'] = 1\n{_USE}"
    ),
    "** of a dict that has the key for another reason": (
        f"{_CONNECT}if 'B' not in os.environ:\n    kw['timeout'] = 1\n{_USE}"
    ),
    "an object that is not entered": (f"{_ENTERED}def f():\n    with Client() as c:\n        pass\n"),
    "an object that is entered and sets itself": (
        f"{_CLIENT}    def __enter__(self):\n        self.token = self.token or 'x'\n        return self\n"
        f"{_EXIT}with Client() as c:\n    c.token.strip()\n"
    ),
    "an object that enters something else": (
        f"{_CLIENT}    def __enter__(self):\n        return 'x'\n{_EXIT}with Client() as c:\n    c.strip()\n"
    ),
    "an object that is entered, which is caught": (
        f"{_ENTERED}try:\n    with Client() as c:\n        pass\nexcept RuntimeError:\n    pass\n"
    ),
    "coroutines whose exceptions are returned": (
        f"{_CLIENT}{_RUN}{_main('await asyncio.gather(Client().run(), return_exceptions=True)')}"
    ),
    "coroutines that are made later": (
        f"{_CLIENT}{_RUN}async def f():\n    await asyncio.gather(Client().run())\n"
    ),
    "a look at the type": (
        f"{_DICT}for k, v in CONFIG.items():\n    if isinstance(v, (dict, str)) and not v:\n"
        "        raise ValueError\n"
    ),
    "a loop that goes on": (
        f"{_DICT}for k, v in CONFIG.items():\n    if k != 'db':\n        continue\n    v.keys()\n"
    ),
    "a look at another type": f"{_DICT}if isinstance(CONFIG['token'], str):\n    raise ValueError\n",
    "a look at a type of the folder": (
        f"{_DICT}class T:\n    pass\nif isinstance(CONFIG['token'], T):\n    raise ValueError\n"
    ),
}

FOUND = {
    "behind a look at an unknown type": (
        f"{_DICT}from collections.abc import Mapping\nif not isinstance(CONFIG['db'], Mapping):\n"
        "    raise TypeError\nCONFIG['token'].strip()\n"
    ),
    "** of a dict without the key": f"{_CONNECT}{_KEY}{_USE}",
    "** of a dict with another key": f"{_CONNECT}kw['b'] = 1\n{_USE}",
    "an object that is entered": f"{_ENTERED}with Client():\n    pass\n",
    "an object that is entered, with a name": (
        f"{_CLIENT}    def __enter__(self):\n        return self\n{_EXIT}"
        "with Client() as c:\n    c.token.strip()\n"
    ),
    "an object that is entered by a coroutine": (
        f"{_CLIENT}    async def __aenter__(self):\n{_CHECKS}{_ASYNC_EXIT}"
        f"{_main('async with Client() as c: pass')}"
    ),
    "coroutines together": f"{_CLIENT}{_RUN}{_main(f'await asyncio.gather(Client().run(), {_SLEEP})')}",
    "a coroutine with a limit of time": (
        f"{_CLIENT}{_RUN}{_main('await asyncio.wait_for(Client().run(), 1)')}"
    ),
    "a look at the type": (
        f"{_DICT}for k, v in CONFIG.items():\n    if isinstance(v, dict):\n        continue\n"
        "    elif v is None:\n        raise RuntimeError(k)\n"
    ),
    "a look at each type": (
        f"{_DICT}def check(c):\n    for k, v in c.items():\n        if isinstance(v, dict):\n"
        "            check(v)\n        elif v is None:\n            raise RuntimeError(k)\ncheck(CONFIG)\n"
    ),
    "a type that it has not": (f"{_DICT}if not isinstance(CONFIG['token'], str):\n    raise TypeError\n"),
}

test_program_that_starts = starting(SILENT)
test_program_that_fails = failing(FOUND)
