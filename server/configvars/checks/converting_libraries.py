"""Examples of values that libraries cannot convert."""

from __future__ import annotations

from configvars.model import Example

ENVIRONS = "-- app.py --\nfrom environs import Env\nenv = Env()\nenv.read_env()\n"

BY_LIBRARIES = (
    Example(
        "-- .env --\nA=x\nB=x\nC=\n-- app.py --\nfrom decouple import Choices, config\nfrom environs import Env, validate\n"
        "config('A', cast=Choices(['a', 'b']))\nenv = Env()\nenv.read_env()\nenv.str('B', validate=validate.OneOf(('a', 'b')))\n"
        "env('C', validate=validate.OneOf(['a']))\n",
        (
            ".env:1:1 warning The value of A is not in the list of choices at app.py:3: this raises ValueError",
            ".env:2:1 warning The value of B is not in the list of choices at app.py:6: this raises EnvValidationError",
            ".env:3:1 warning The value of C is not in the list of choices at app.py:7: this raises EnvValidationError",
        ),
        note="choices of python-decouple and environs",
    ),
    Example(
        f"-- .env --\nA=1,x\nB=yes, no\nC=a=1,b\n{ENVIRONS}env.list('A', subcast=int)\nenv.list('B', subcast=bool)\n"
        "env.dict('C')\n",
        (
            ".env:1:1 warning A has a value that cannot be converted: app.py:4 converts it to a list of ints, which raises an exception",
            ".env:2:1 warning B has a value that cannot be converted: app.py:5 converts it to a list of bools, which raises an exception",
            ".env:3:1 warning C has a value that cannot be converted: app.py:6 converts it to a dict, which raises an exception",
        ),
        note="lists and dicts of environs",
    ),
    Example(
        "-- .env --\nSHOP_N=80a\nSHOP_ON=maybe\nSHOP_MODE=On\n-- app.py --\nimport typed_settings as ts\n@ts.settings\n"
        "class S:\n    n: int\n    on: bool\n    mode: Literal['on', 'off']\nts.load(S, 'shop')\n",
        (
            ".env:1:1 warning SHOP_N has a value that cannot be converted: app.py:4 converts it to an int, which raises an exception",
            ".env:2:1 warning SHOP_ON has a value that cannot be converted: app.py:5 converts it to a bool, which raises an exception",
            ".env:3:1 warning The value of SHOP_MODE is not in the Literal at app.py:6: this raises InvalidSettingsError",
        ),
        note="typed-settings",
    ),
)
