"""`check --deploy`: enumerations whose members a variable chooses.

Each program is also really started without its variable.
"""

from __future__ import annotations

from support.started import failing, starting

_MODE = (
    "-- app.py --\nimport os\nfrom enum import Enum, IntEnum, StrEnum, auto\n"
    'class Mode(str, Enum):\n    """Modes."""\n    TEST = "test"\n    PROD = "prod"\n'
    "    def is_prod(self):\n        return self is Mode.PROD\n"
)
_PLAIN = "-- app.py --\nimport os\nfrom enum import Enum, IntEnum, StrEnum, auto\n"

# Programs that start without the variable.
SILENT = {
    "a default that is a member": f'{_MODE}B = Mode(os.getenv("A", "prod"))\n',
    "a name": f'{_MODE}B = Mode[os.getenv("A", "PROD")]\n',
    "an alternative": f'{_MODE}B = Mode(os.getenv("A") or "test")\n',
    "tested": f'{_MODE}if os.getenv("A"):\n    B = Mode(os.getenv("A"))\n',
    "caught": f'{_MODE}try:\n    B = Mode(os.getenv("A"))\nexcept ValueError:\n    B = None\n',
    "caught by name": f'{_MODE}try:\n    B = Mode[os.getenv("A")]\nexcept KeyError:\n    B = None\n',
    "a member for None": f'{_PLAIN}class M(Enum):\n    X = None\nB = M(os.getenv("A"))\n',
    "_missing_": (
        f'{_PLAIN}class M(Enum):\n    X = "x"\n    @classmethod\n    def _missing_(cls, value):\n'
        '        return cls.X\nB = M(os.getenv("A"))\n'
    ),
    "auto of strings": f'{_PLAIN}class M(StrEnum):\n    PROD = auto()\nB = M(os.getenv("A", "prod"))\n',
    "numbers": f'{_PLAIN}class M(IntEnum):\n    X = auto()\nB = M(int(os.getenv("A", "1")))\n',
    "aliases": f'{_PLAIN}class M(Enum):\n    X = Y = "x"\nB = M[os.getenv("A", "Y")]\n',
    "a base class without members": (
        f"{_PLAIN}class Base(str, Enum):\n    def __str__(self):\n        return self.value\n"
        'class M(Base):\n    X = "x"\nB = M(os.getenv("A", "x"))\n'
    ),
    "__new__": (
        f"{_PLAIN}class M(Enum):\n    X = 1\n    def __new__(cls, value):\n"
        "        one = object.__new__(cls)\n        one._value_ = None\n        return one\n"
        'B = M(os.getenv("A"))\n'
    ),
    "a member in a condition": (
        f'{_PLAIN}class M(Enum):\n    X = "x"\n    if os.sep:\n        PROD = "prod"\n'
        'B = M(os.getenv("A", "prod"))\n'
    ),
    "a class that is called like one": (
        f"{_PLAIN}class Enum:\n    def __init__(self, value): pass\n"
        'class M(Enum):\n    X = "x"\nB = M(os.getenv("A"))\n'
    ),
}

# Programs that fail without it.
FOUND = {
    "None": f'{_MODE}B = Mode(os.getenv("A"))\n',
    "a default that is no member": f'{_MODE}B = Mode(os.getenv("A", ""))\n',
    "in upper case": f'{_MODE}B = Mode(os.getenv("A", "test").upper())\n',
    "a name that is None": f'{_MODE}B = Mode[os.environ.get("A")]\n',
    "a name that is no member": f'{_MODE}B = Mode[os.environ.get("A", "prod")]\n',
    "numbers": f'{_PLAIN}class M(IntEnum):\n    X = 1\nB = M(os.getenv("A", "1"))\n',
    "auto": f'{_PLAIN}class M(StrEnum):\n    X = auto()\nB = M(os.getenv("A", "X"))\n',
    "of the module": (
        '-- app.py --\nimport os\nimport enum\nclass M(enum.Enum):\n    X = "x"\nB = M(os.getenv("A"))\n'
    ),
    "of another module": (
        '-- modes.py --\nfrom enum import Enum\nclass M(Enum):\n    X = "x"\n'
        '-- app.py --\nimport os\nfrom modes import M\nB = M(os.getenv("A", ""))\n'
    ),
    "a dataclass": (
        f"{_MODE}from dataclasses import dataclass\n@dataclass\nclass C:\n    mode: Mode\n"
        'B = C(mode=Mode(os.getenv("A")))\n'
    ),
    "in a function": f'{_MODE}def f():\n    return Mode(os.getenv("A"))\nB = f()\n',
}

test_program_that_starts_without_its_variable = starting(SILENT)
test_program_that_fails_while_it_starts = failing(FOUND)
