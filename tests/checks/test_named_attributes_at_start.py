"""`check --deploy`: code that goes through the attributes of a class or object by their names.

Each program is really started.
"""

from __future__ import annotations

from support.started import failing, starting

_APP = "-- app.py --\nimport os\n"
_CLASS = (
    f"{_APP}class Config:\n    '''Settings.'''\n    A = os.getenv('A')\n    debug = None\n    PORT = 3\n"
    "    def go(self): pass\n"
)
_PLAIN = f"{_APP}class Config:\n    A = os.getenv('A')\n    B = 'x'\n"
_SET = f"{_APP}class Config:\n    A = os.getenv('A', 'x')\n    PORT = 3\n"
_UPPER = "missing = [k for k, v in vars(Config).items() if k.isupper() and v is None]\n"
_END = "if missing: raise RuntimeError(missing)\n"
_SELF = (
    f"{_APP}class Config:\n    def __init__(self):\n        self.A = os.getenv('A')\n        self.b = None\n"
)
_DATA = (
    f"{_APP}import dataclasses\nfrom dataclasses import asdict, dataclass, field, fields\n"
    "@dataclass\nclass Config:\n"
)
_FIELDS = f"{_DATA}    a: str | None\n    port: int = 3\n"

# Programs that start without the variable.
SILENT = {
    "vars, with a default": f"{_SET}{_UPPER}{_END}",
    "vars, only other names": (
        f"{_CLASS}missing = [k for k, v in vars(Config).items() if k.startswith('P') and v is None]\n{_END}"
    ),
    "vars of a derived class": (
        f"{_CLASS}class Mine(Config):\n    B = 1\n"
        f"missing = [k for k, v in vars(Mine).items() if k.isupper() and v is None]\n{_END}"
    ),
    "vars, changed before": (f"{_CLASS}Config.A = 'x'\n{_UPPER}{_END}"),
    "vars, changed by unknown code": (
        f"{_CLASS}import contextlib\ndef fill(c):\n    for k in list(vars(c)):\n"
        "        if k == 'A': setattr(c, k, 'x')\n"
        f"fill(Config)\n{_UPPER}{_END}"
    ),
    "vars in a dict without None": (
        f"{_CLASS}d = {{k: v for k, v in vars(Config).items() if k.isupper() and v is not None}}\n"
        "if None in d.values(): raise KeyError\n"
    ),
    "vars in a dict of other names": (
        f"{_CLASS}d = {{k: v for k, v in vars(Config).items() if k.startswith('P')}}\n"
        "if None in d.values() or 'A' in d: raise KeyError\n"
    ),
    "vars, which are only printed": f"{_CLASS}print([k for k, v in vars(Config).items() if v is None])\n",
    "dir, with a default": (
        f"{_SET}for k in dir(Config):\n    if k.isupper() and getattr(Config, k) is None: raise KeyError(k)\n"
    ),
    "dir, which skips it": (
        f"{_CLASS}for k in dir(Config):\n    if k == 'A': continue\n"
        "    if k.isupper() and getattr(Config, k) is None: raise KeyError(k)\n"
    ),
    "dir of an overriding class": (
        f"{_CLASS}class Mine(Config):\n    A = 'x'\n"
        "for k in dir(Mine):\n    if k.isupper() and getattr(Mine, k) is None: raise KeyError(k)\n"
    ),
    "vars of an object that is set later": (
        f"{_SELF}c = Config()\nc.A = 'x'\n"
        "if any(v is None for k, v in vars(c).items() if k != 'b'): raise KeyError\n"
    ),
    "vars of an object, filtered": (
        f"{_SELF}if any(v is None for k, v in vars(Config()).items() if k == 'c'): raise KeyError\n"
    ),
    "asdict, with a value": (
        f"{_FIELDS}s = asdict(Config(os.getenv('A') or 'x'))\nif None in s.values(): raise KeyError\n"
    ),
    "asdict, another field": (
        f"{_FIELDS}s = asdict(Config(os.getenv('A')))\nif s['port'] is None: raise KeyError\n"
    ),
    "fields, with a value": (
        f"{_FIELDS}s = Config(os.getenv('A') or 'x')\n"
        "for f in fields(s):\n    if getattr(s, f.name) is None: raise KeyError(f.name)\n"
    ),
    "fields with metadata": (
        f"{_DATA}    a: str | None = field(default=None, metadata={{'optional': True}})\n"
        "s = Config(os.getenv('A'))\n"
        "for f in fields(s):\n"
        "    if not f.metadata.get('optional') and getattr(s, f.name) is None: raise KeyError\n"
    ),
    "fields without a default": (
        f"{_DATA}    a: str | None = None\ns = Config(os.getenv('A'))\n"
        "for f in fields(s):\n"
        "    if f.default is dataclasses.MISSING and getattr(s, f.name) is None: raise KeyError\n"
    ),
}
FAILING = {
    "vars": f"{_CLASS}{_UPPER}{_END}",
    "vars in a function": (
        f"{_CLASS}def check(cls):\n"
        "    missing = [k for k, v in vars(cls).items() if k.isupper() and v is None]\n"
        "    if missing:\n        raise RuntimeError(', '.join(missing))\ncheck(Config)\n"
    ),
    "vars in a class method": (
        f"{_CLASS}    @classmethod\n    def check(cls):\n"
        "        missing = [k for k, v in vars(cls).items() if k.isupper() and not v]\n"
        "        if missing: raise RuntimeError(missing)\nConfig.check()\n"
    ),
    "vars of an imported class": (
        "-- config.py --\nimport os\nclass Config:\n    A = os.getenv('A')\n"
        f"{_APP}from config import Config\n"
        f"{_UPPER}{_END}"
    ),
    "vars in a dict": (
        f"{_CLASS}d = {{k: v for k, v in vars(Config).items() if k.isupper()}}\n"
        "if None in d.values(): raise KeyError\n"
    ),
    "dir in a dict": (
        f"{_CLASS}d = {{k: getattr(Config, k) for k in dir(Config) if k.isupper()}}\n"
        f"missing = [k for k, v in d.items() if v is None]\n{_END}"
    ),
    "vars in a loop": (
        f"{_CLASS}for k, v in vars(Config).items():\n    if k.isupper() and v is None: raise KeyError(k)\n"
    ),
    "vars without dunders": (
        f"{_PLAIN}for k, v in vars(Config).items():\n"
        "    if not k.startswith('__') and v is None: raise KeyError(k)\n"
    ),
    "vars in any": (
        f"{_CLASS}if any(v is None for k, v in vars(Config).items() if k.isupper()): raise KeyError\n"
    ),
    "the __dict__ of a class": (
        f"{_CLASS}missing = [k for k, v in Config.__dict__.items() if k.isupper() and v is None]\n{_END}"
    ),
    "an item of vars": f"{_CLASS}if not vars(Config)['A']: raise KeyError\n",
    "dir": (
        f"{_CLASS}for k in dir(Config):\n"
        "    if k.isupper() and getattr(Config, k) is None: raise KeyError(k)\n"
    ),
    "dir of a derived class": (
        f"{_CLASS}class Mine(Config):\n    B = 1\n"
        "for k in dir(Mine):\n    if k.isupper() and getattr(Mine, k) is None: raise KeyError(k)\n"
    ),
    "dir in a comprehension": (
        f"{_CLASS}missing = [k for k in dir(Config) if k.isupper() and getattr(Config, k) is None]\n{_END}"
    ),
    "dir of an object": (
        f"{_CLASS}c = Config()\nfor k in dir(c):\n"
        "    if k.isupper() and not getattr(c, k): raise KeyError(k)\n"
    ),
    "vars of an object": (
        f"{_SELF}missing = [k for k, v in vars(Config()).items() if k.isupper() and v is None]\n{_END}"
    ),
    "vars of self": (
        f"{_SELF}        missing = [k for k, v in vars(self).items() if k.isupper() and v is None]\n"
        "        if missing: raise RuntimeError(missing)\nConfig()\n"
    ),
    "the __dict__ of self": (
        f"{_SELF}        for k, v in self.__dict__.items():\n"
        "            if k.isupper() and v is None: raise RuntimeError(k)\nConfig()\n"
    ),
    "asdict": (
        f"{_FIELDS}s = Config(os.getenv('A'))\n"
        f"missing = [k for k, v in asdict(s).items() if v is None]\n{_END}"
    ),
    "asdict of a default": (
        f"{_DATA}    port: int = 3\n    a: str | None = os.getenv('A')\n"
        f"missing = [k for k, v in asdict(Config()).items() if v is None]\n{_END}"
    ),
    "asdict in __post_init__": (
        f"{_FIELDS}    def __post_init__(self):\n        for k, v in dataclasses.asdict(self).items():\n"
        "            if v is None: raise KeyError(k)\nConfig(a=os.getenv('A'))\n"
    ),
    "vars of a dataclass": (
        f"{_DATA}    port: int = 3\n    a: str | None = os.getenv('A')\n"
        f"missing = [k for k, v in vars(Config()).items() if v is None]\n{_END}"
    ),
    "fields": (
        f"{_FIELDS}s = Config(os.getenv('A'))\n"
        "for f in fields(s):\n    if getattr(s, f.name) is None: raise KeyError(f.name)\n"
    ),
    "fields of the class": (
        f"{_FIELDS}s = Config(os.getenv('A'))\n"
        f"missing = [f.name for f in dataclasses.fields(Config) if not getattr(s, f.name)]\n{_END}"
    ),
}

test_it_starts = starting(SILENT)
test_it_fails = failing(FAILING)
