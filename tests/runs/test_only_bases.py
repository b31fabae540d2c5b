"""A settings class of pydantic-settings that is only a base: its own names are not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from support.projects import opened

BASE = """\
-- .env --
APP_TOKEN=x
-- common.py --
from pydantic_settings import BaseSettings, SettingsConfigDict
class Base(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="BASE_")
    token: str
    @classmethod
    def load(cls):
        return cls()
-- app.py --
from common import Base
class App(Base):
    model_config = SettingsConfigDict(env_prefix="APP_")
"""
APP = "app = App()\n"
USED = BASE.replace("-- app.py --\n", "-- app.py --\nfrom pydantic_settings import SettingsConfigDict\n")
SAME = USED.replace('env_prefix="APP_"', "title='x'")
IN_COMMON = USED.replace("-- app.py --", "{}-- app.py --")


@pytest.mark.parametrize(
    "files",
    [
        USED + APP,
        USED + "app = App.load()\n",
        USED + "class Web(App):\n    port: int = 1\nweb = Web()\n",
        USED + APP + "kinds: dict[str, Base] = {}\n",
        USED + APP + "def show(base: Base, kinds: list[Base]) -> Base:\n    return isinstance(base, Base)\n",
        IN_COMMON.format("from typing import TypeVar\nT = TypeVar('T', bound=Base)\nx = Base.model_config\n"),
        USED.replace("pydantic_settings", "pydantic") + APP,
    ],
)
def test_a_base_reads_nothing(tmp_path: Path, files: str) -> None:
    assert missing(tmp_path, files) == []


@pytest.mark.parametrize(
    "files",
    [
        USED + APP + "base = Base()\n",
        USED + APP + "import common\nbase = common.Base()\n",
        USED + APP + "base = load(Base)\n",
        USED + APP + "-- views.py --\nimport common\ndef show(base=Depends(common.Base)): ...\n",
        USED + APP + "-- views.py --\nfrom common import Base\nbase = Base.load()\n",
        IN_COMMON.format("base = Base()\n"),
        IN_COMMON.format("base = Base.load()\n"),
        IN_COMMON.format("from fastapi import Depends\ndef show(base=Depends(Base)): ...\n"),
        IN_COMMON.format("kinds = {'base': Base}\n"),
        IN_COMMON.format("from pydantic import Field\nfield = Field(default_factory=Base)\n"),
        SAME + APP,
        USED.partition("-- app.py --")[0],
    ],
)
def test_a_class_that_is_created_or_is_no_base_reads(tmp_path: Path, files: str) -> None:
    assert missing(tmp_path, files) == ["BASE_TOKEN"]


HELD = """\
-- .env --
DB__HOST=x
-- common.py --
from pydantic import Field
from pydantic_settings import BaseSettings
class Db(BaseSettings):
    host: str
-- app.py --
from common import *
class App(BaseSettings, env_nested_delimiter="__"):
    db: Db
app = App()
"""
BUILT = """\
-- .env --
-- common.py --
from pydantic_settings import BaseSettings
class Db(BaseSettings):
    host: str
-- app.py --
from common import Db
db = Db.model_construct(host="x")
"""


@pytest.mark.parametrize(
    "files",
    [
        HELD,
        HELD.replace("db: Db", "db: Db | None = None"),
        BUILT,
        BUILT.replace("Db.model_construct", "common.Db.construct").replace("from common", "import common #"),
        BUILT.replace("-- app.py --\nfrom common import Db\n", ""),
    ],
)
def test_a_class_that_only_types_fields_or_is_only_constructed_requires_nothing(
    tmp_path: Path, files: str
) -> None:
    assert missing(tmp_path, files) == []


@pytest.mark.parametrize(
    "files",
    [
        HELD.replace("db: Db", "db: Db = Db()"),
        HELD.replace("db: Db", "db: Db = {}"),
        HELD.replace("db: Db", "db: Db = Field(default_factory=Db)"),
        HELD.replace("App()", "App(db={})"),
        HELD + "-- other.py --\nimport common\ndb = common.Db()\n",
        BUILT + "other = Db()\n",
        BUILT + "other = Db.model_validate({})\n",
        BUILT.partition("-- app.py --")[0] + "    next: 'Db'\n",
    ],
)
def test_a_class_of_a_field_reads_if_code_creates_it(tmp_path: Path, files: str) -> None:
    assert "HOST" in missing(tmp_path, files)


def missing(root: Path, files: str) -> list[str]:
    it = opened(root, files)
    found = [one for path in it.project.index.files for one in run_checks(it.project, path)]
    return [
        one.variable.name for one in found if one.check == "missing-variable" and one.variable is not None
    ]
