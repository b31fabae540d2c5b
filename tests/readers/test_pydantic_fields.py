"""Settings classes that are made of many classes."""

from __future__ import annotations

from support.projects import opened

_PARTS = "".join(f"class Part{number}(BaseModel):\n    field_{number}: str = ''\n" for number in range(60))
_BASES = ", ".join(f"Part{number}" for number in range(60))


def test_the_fields_of_sixty_base_classes_are_reads(tmp_path):
    text = (
        "-- app.py --\nfrom pydantic import BaseModel, BaseSettings\n"
        f"{_PARTS}class Settings({_BASES}, BaseSettings):\n    pass\nSettings()\n"
    )
    names = {variable.name for variable in opened(tmp_path, text).project.index.referenced()}
    assert names == {f"FIELD_{number}" for number in range(60)}
