"""Answers are computed once, and discarded with what they rest on; the order of questions does not matter."""

from __future__ import annotations

import pytest

from configvars.limits import CIRCLE, QUESTIONS
from configvars.names.memory import Listed, Memo, Memory

Names = tuple[str, ...]


class Asked:
    """Questions whose answers are made from those of others; `log` says which were computed."""

    def __init__(self, rests_on: dict[str, Names]) -> None:
        self.memory, self.memo = Memory(), Memo[Names]()
        self.log: list[str] = []
        self._rests_on = rests_on

    def __call__(self, name: str) -> Names:
        return self.memory.recall(self.memo, name, lambda: self._find(name), ())

    def _find(self, name: str) -> Names:
        self.log.append(name)
        return (*(found for other in self._rests_on[name] for found in self(other)), name)


def test_an_answer_is_computed_once() -> None:
    asked = Asked({"a": ("b", "c"), "b": ("c",), "c": ()})
    assert (asked("a"), asked("a"), asked("c")) == (("c", "b", "c", "a"),) * 2 + (("c",),)
    assert asked.log == ["a", "b", "c"]


@pytest.mark.parametrize("first", ["a", "b"])
def test_a_preliminary_answer_is_discarded(first: str) -> None:
    asked = Asked({"a": ("b",), "b": ("a",)})
    other = "b" if first == "a" else "a"
    assert asked(first) == (other, first)
    assert asked.memo.answers.keys() == {first}
    assert asked(other) == (other, first, other)


def test_only_what_is_on_the_circle_is_discarded() -> None:
    asked = Asked({"a": ("b",), "b": ("a", "c"), "c": ()})
    asked("a")
    assert asked.memo.answers == {"a": ("c", "b", "a"), "c": ("c",)}


def test_an_answer_around_a_circle_is_kept() -> None:
    asked = Asked({"x": ("a",), "a": ("b",), "b": ("a",)})
    assert asked("x") == ("b", "a", "x")
    assert asked.memo.answers.keys() == {"x", "a"}


@pytest.mark.beyond_limits
def test_a_large_circle_has_no_answers_but_the_preliminary_ones() -> None:
    size = CIRCLE.most + 2
    asked = Asked({str(number): (str((number + 1) % size),) for number in range(size)})
    assert asked("0") == ()
    assert set(asked.memo.answers.values()) == {()}
    assert len(asked.memo.answers) == size


@pytest.mark.beyond_limits
def test_an_answer_that_was_cut_short_is_computed_again() -> None:
    last = QUESTIONS.most + 1
    asked = Asked({str(number): (str(number + 1),) if number < last else () for number in range(last + 1)})
    assert len(asked("0")) == last
    assert asked("1")[0] == str(last)
    assert len(asked("1")) == last


def test_an_exception_leaves_nothing_behind() -> None:
    memory, memo = Memory(), Memo[int]()
    with pytest.raises(ZeroDivisionError):
        memory.recall(memo, "a", lambda: 1 // 0, 0)
    assert memo.answers == {}
    assert memory.recall(memo, "a", lambda: 1, 0) == 1


@pytest.mark.parametrize("kind", [Memo, Listed])
def test_answers_are_discarded_with_the_questions_that_they_depend_on(kind: type[Memo[int]]) -> None:
    memory, own, others = Memory(), kind(), kind()

    def rests_on(*asks: str) -> int:
        for ask in asks:
            memory.answer(others, ask, lambda: 1, 0)
        return len(asks)

    for key, asks in {"one": ("x",), "two": ("x", "y"), "none": ()}.items():
        memory.recall(own, key, lambda asks=asks: rests_on(*asks), 0)  # type: ignore[misc]
    assert sorted(map(str, own.resting_on({"x", "y"}))) == ["one", "two"]
    own.forget({"y"})
    assert own.answers == {"one": 1, "none": 0}
    assert own.resting_on({"x"}) == ["one"]
    own.drop("one")
    assert (own.resting_on({"x"}), own.asks) == ([], {})


def test_what_an_answer_uses_is_what_it_depends_on() -> None:
    memory, memo, others = Memory(), Memo[int](), Memo[int]()

    def ask(name: str) -> int:
        return memory.answer(others, name, lambda: 1, 0)

    memory.recall(memo, "inner", lambda: ask("x"), 0)
    memory.recall(memo, "outer", lambda: memory.recall(memo, "inner", lambda: 0, 0), 0)
    memory.recall(memo, "apart", lambda: memory.apart(lambda: ask("x")), 0)
    memory.recall(memo, "directly", lambda: memory.rest_on("y") or 1, 0)
    assert memo.asks == {"inner": {"x"}, "outer": {"x"}, "directly": {"y"}}
