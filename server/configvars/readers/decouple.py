"""python-decouple: `config("X", default=…, cast=…)`, and `Config` with a repository.

Source of the signatures: python-decouple 3.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace

from configvars.model import EnvFileUse, Example
from configvars.names.values import UNSET, External, FilePath
from configvars.readers.base import Fact, Reader, Site, Use
from configvars.readers.conversions import CHOICES
from configvars.readers.env_file_uses import env_file, path_text
from configvars.readers.handlers import getter

_READ = getter(
    "decouple.config",
    key=(0, "option"),
    raises=True,
    errors=frozenset({"decouple.UndefinedValueError"}),
)

_REPOSITORY = "decouple.RepositoryEnv()"


def _of_repository(site: Site) -> Iterator[Fact]:
    """A read of `Config(RepositoryEnv("prod.env"))`: only the environment and this file can set the variable."""
    given = site.of.arguments if site.of is not None else None
    repository = given.positional[0] if given is not None and given.positional else None
    source = (
        repository.arguments if isinstance(repository, External) and repository.path == _REPOSITORY else None
    )
    path = source.positional[0] if source is not None and source.positional else UNSET
    text = path_text(path)
    files: tuple[EnvFileUse, ...] = ()
    if text:
        start: Literal["file", "cwd"] = "file" if isinstance(path, FilePath) else "cwd"
        files = (
            EnvFileUse(text, site.span, "decouple.RepositoryEnv", relative_to=start, only_for="decouple"),
        )
    for fact in _READ(site):
        yield replace(fact, files=files) if isinstance(fact, Use) else fact


DECOUPLE = Reader(
    name="decouple",
    triggers=(b"decouple",),
    calls={
        "decouple.AutoConfig()": _READ,
        "decouple.Config()": _of_repository,
        "decouple.Config().get": _of_repository,
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
    keep=(_REPOSITORY, *CHOICES),
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
