"""The order of base classes, compared with Python's."""

from __future__ import annotations

from random import Random

import pytest

from configvars.flask_model import ConfigObject
from configvars.limits import LINEAGE
from configvars.resolve.lineage import Lineages
from configvars.text import Mark
from support.growth import grows_too_fast

Bases = dict[str, tuple[str, ...]]


def orders(bases: Bases) -> Lineages:
    return Lineages(
        {
            Mark(name): ConfigObject(Mark(name), name, (), tuple(map(Mark, above)))
            for name, above in bases.items()
        }
    )


def told(bases: Bases, name: str) -> list[str]:
    return [home.path for home in orders(bases).of(Mark(name))]


def made(random: Random) -> Bases:
    names = "ABCDEFGH"[: random.randint(2, 8)]
    return {
        name: tuple(random.sample(names[:number], min(number, random.choice((0, 1, 1, 2, 3)))))
        for number, name in enumerate(names)
    }


def test_it_equals_python_s_order() -> None:
    compared = 0
    for seed in range(500):
        bases = made(Random(seed))
        classes: dict[str, type] = {}
        try:
            for name, above in bases.items():
                classes[name] = type(name, tuple(classes[base] for base in above) or (object,), {})
        except TypeError:  # Python has no order for these either
            assert set(told(bases, max(bases))) <= set(bases)
            continue
        compared += 1
        for name, cls in classes.items():
            assert told(bases, name) == [one.__name__ for one in cls.__mro__[:-1]]
    assert compared > 200


def test_classes_that_derive_from_themselves_terminate() -> None:
    assert set(told({"A": ("B",), "B": ("A",)}, "A")) == {"A", "B"}
    assert told({"A": ("A",)}, "A") == ["A"]


def test_of_very_many_classes_the_nearest_are_returned() -> None:
    chain = {f"C{n}": (f"C{n - 1}",) for n in range(500)}
    assert told(chain, "C499") == [f"C{499 - n}" for n in range(LINEAGE.most + 1)]


@pytest.mark.parametrize(
    "bases",
    [
        lambda n: {f"C{i}": (f"C{i - 1}",) for i in range(n)},
        lambda n: {f"{c}{i}": (f"A{i - 1}", f"B{i - 1}") for i in range(n) for c in "AB"},
        lambda n: {"Z": tuple(f"C{i}" for i in range(n)), **{f"C{i}": () for i in range(n)}},
    ],
)
def test_the_work_is_linear_in_the_text(bases) -> None:
    def work(n: int) -> None:
        known = orders(bases(n))
        for name in bases(n):
            known.of(Mark(name))

    assert grows_too_fast(work, 40) is None
