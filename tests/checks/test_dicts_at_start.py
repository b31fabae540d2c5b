"""`check --deploy`: dicts, filtered lists and attributes that a program makes while it starts.

Each program is also really started without its variable.
"""

from __future__ import annotations

from support.started import failing, starting

_APP = (
    "-- app.py --\nimport os, json\nfrom collections import namedtuple\n"
    "from itertools import chain, filterfalse\n"
)
_READ = 'os.getenv("A")'
_OTHERS = 'json.loads(\'{"K": "x"}\')'
_LOWER = 'B = cfg["K"].lower()\n'
_SELF = f"{_APP}class C:\n    def __init__(self, **given):\n"
_USE = 'B = C(K="x").K.lower()\n'
_NAMES = '["A"]'

# Programs that start without the variable.
SILENT = {
    "dict() with another key": f'{_APP}cfg = dict(J={_READ}, K="x")\n{_LOWER}',
    "dict() of pairs, and a key that replaces one": f'{_APP}cfg = dict([("K", {_READ})], K="x")\n{_LOWER}',
    "|, and the other wins": f'{_APP}cfg = {{"K": {_READ}}} | {{"K": "x"}}\n{_LOWER}',
    "| with what is not known": f'{_APP}cfg = {{"K": {_READ}}} | {_OTHERS}\n{_LOWER}',
    "|= with what is not known": f'{_APP}cfg = {{"K": {_READ}}}\ncfg |= {_OTHERS}\n{_LOWER}',
    "|= of the same dict": f'{_APP}cfg = {{"K": {_READ}}}\nd = cfg\nd |= {{"K": "x"}}\n{_LOWER}',
    "| makes a copy": f'{_APP}cfg = {{"K": "x"}}\nd = cfg | {{"K": {_READ}}}\n{_LOWER}',
    "** and a key that replaces it": f'{_APP}d = {{"K": {_READ}}}\ncfg = {{**d, "K": "x"}}\n{_LOWER}',
    "** with what is not known": f'{_APP}cfg = {{"K": {_READ}, **{_OTHERS}}}\n{_LOWER}',
    "** under a condition": (
        f'{_APP}d = {{"K": {_READ}}}\ncfg = {{**d, **({{"K": "x"}} if not d["K"] else {{}})}}\n{_LOWER}'
    ),
    "filter, and another is set": f'{_APP}ok = list(filter(os.getenv, ["A", "PATH"]))\nB = ok[0]\n',
    "filter with None": f'{_APP}B = ",".join(filter(None, [{_READ}, "x"])).split(",")[0].lower()\n',
    "filter in a loop": f"{_APP}for name in filter(os.getenv, {_NAMES}):\n    os.environ[name]\n",
    "filter of a string": f"{_APP}B = list(filter(str.isupper, {_NAMES}))[0]\n",
    "filterfalse, and it is set": f'{_APP}if list(filterfalse(os.getenv, ["PATH"])):\n    raise ValueError\n',
    "filterfalse that only prints": (
        f"{_APP}missing = list(filterfalse(os.getenv, {_NAMES}))\nif missing:\n    print(missing)\n"
    ),
    "__dict__ that arguments replace": (
        f"{_SELF}        self.__dict__.update(K={_READ})\n        self.__dict__.update(given)\n{_USE}"
    ),
    "__dict__ with what is not known": (
        f"{_SELF}        self.K = {_READ}\n        self.__dict__.update({_OTHERS})\n{_USE}"
    ),
    "vars that are only read": (
        f"{_SELF}        self.K = {_READ}\nfor each in vars(C()).items():\n    print(each)\n"
    ),
    "namedtuple with other values": (
        f'{_APP}C = namedtuple("C", ["K", "L"])\nB = C({_READ}, 1)._replace(K="x").K.lower()\n'
    ),
    "namedtuple that is unpacked": (
        f'{_APP}C = namedtuple("C", "K L")\nk, l = C({_READ}, "x")\nB = l.lower()\n'
    ),
    "a class of a namedtuple": (
        f'{_APP}class C(namedtuple("C", "K")):\n    @property\n    def k(self):\n'
        f'        return self.K or "x"\nB = C({_READ}).k.lower()\n'
    ),
    "chain of other names": f'{_APP}for name in chain(["PATH"], []):\n    os.environ[name]\n',
}

# Programs that fail without it.
FOUND = {
    "dict() with another variable": f'{_APP}cfg = dict(J=os.getenv("B", ""), K={_READ})\n{_LOWER}',
    "dict() of pairs": f'{_APP}cfg = dict([("J", os.getenv("B", "")), ("K", {_READ})])\n{_LOWER}',
    "|": f'{_APP}cfg = {{"B": 1}} | {{"K": {_READ}}}\n{_LOWER}',
    "|=": f'{_APP}cfg = {{"B": 1}}\ncfg |= {{"K": {_READ}}}\n{_LOWER}',
    "** of a dict that has it": f'{_APP}d = {{"K": {_READ}}}\ncfg = {{"B": 1, **d}}\n{_LOWER}',
    "** and a key": f'{_APP}d = {{"B": 1}}\ncfg = {{**d, "K": {_READ}}}\n{_LOWER}',
    "filter": f"{_APP}ok = list(filter(os.getenv, {_NAMES}))\nif len(ok) < 1:\n    raise SystemExit('no')\n",
    "the first of filter": f"{_APP}B = list(filter(os.getenv, {_NAMES}))[0]\n",
    "filter with a lambda": (
        f"{_APP}missing = list(filter(lambda name: not os.getenv(name), {_NAMES}))\nassert not missing\n"
    ),
    "filterfalse": f"{_APP}if list(filterfalse(os.getenv, {_NAMES})):\n    raise ValueError\n",
    "__dict__.update": f"{_SELF}        self.__dict__.update(K={_READ})\n{_USE}",
    "__dict__.update with a dict": f'{_SELF}        self.__dict__.update({{"K": {_READ}}})\n{_USE}',
    "an item of __dict__": f'{_SELF}        self.__dict__["K"] = {_READ}\n{_USE}',
    "vars": f"{_SELF}        vars(self).update(K={_READ})\n{_USE}",
    "namedtuple": f'{_APP}C = namedtuple("C", "K")\nB = C({_READ}).K.lower()\n',
    "chain": f"{_APP}for name in chain({_NAMES}, []):\n    os.environ[name]\n",
}

test_program_that_starts_without_its_variable = starting(SILENT)
test_program_that_fails_while_it_starts = failing(FOUND)
