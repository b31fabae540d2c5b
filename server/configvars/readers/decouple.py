"""python-decouple: `config("X", default=…, cast=…)`, and `Config` with a repository.

Source of the signatures: python-decouple 3.8.
"""

from __future__ import annotations

from configvars.model import Example
from configvars.names.values import UNSET
from configvars.readers.base import Reader
from configvars.readers.env_file_uses import env_file
from configvars.readers.handlers import getter

_READ = getter(
    "decouple.config",
    key=(0, "option"),
    raises=True,
    errors=frozenset({"decouple.UndefinedValueError"}),
)

DECOUPLE = Reader(
    name="decouple",
    triggers=(b"decouple",),
    calls={
        "decouple.AutoConfig()": _READ,
        "decouple.Config()": _READ,
        "decouple.Config().get": _READ,
        "decouple.RepositoryEnv": env_file(
            "decouple.RepositoryEnv",
            path=(0, "source"),
            override=None,
            encoding=(1, "encoding"),
            only_for="decouple",
        ),
    },
    aliases={"decouple.config": "decouple.AutoConfig()"},
    constants={"decouple.undefined": UNSET},
    silent=(
        Example("def config(name):\n    return name\nconfig('X')\n"),
        Example("from alembic import context\nconfig = context.config\nconfig('X')\n", note="Alembic"),
        Example("from decouple import Csv\nCsv()('A,B')\n"),
    ),
    examples=(
        Example(
            "from decouple import config\nconfig('A')\nconfig('B', default=False, cast=bool)\nconfig('C', 'x')\n",
            ("2:9 A read required", "3:9 B read defaulted", "4:9 C read defaulted"),
        ),
        Example(
            "from decouple import AutoConfig as Auto\nenv = Auto(search_path='/app')\nenv('A', default=None)\n",
            ("3:6 A read optional",),
        ),
        Example(
            "import decouple\nconfig = decouple.Config(decouple.RepositoryEnv('prod.env'))\nconfig.get('A')\n",
            ("2:49 loads prod.env (cwd)", "3:13 A read required"),
        ),
    ),
)
