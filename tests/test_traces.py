"""Results are computed again only if something that they have read has changed."""

from __future__ import annotations

from collections.abc import Callable

from configvars.traces import Answers, Noting, Trace, noted, reading, traced


class Folder:
    """Numbers by name, in place of files. `version` differs after each change."""

    def __init__(self, **numbers: int) -> None:
        self.numbers = numbers
        self.version = 0
        self.answers = Answers(lambda: self.version)
        self.computed: list[str] = []

    def change(self, **numbers: int) -> None:
        self.numbers |= numbers
        self.version += 1

    def read(self, name: str) -> int:
        return noted(self._read(name), self._read, name)

    def _read(self, name: str) -> int:
        return self.numbers[name]

    def is_large(self, name: str) -> bool:
        return self.answers.answer(f"large {name}", None, self.computing(name, lambda: self.read(name) > 9))

    def computing(self, name: str, find: Callable[[], bool]) -> Callable[[], bool]:
        def now() -> bool:
            self.computed.append(name)
            return find()

        return now

    def both(self) -> bool:
        find = self.computing("both", lambda: self.is_large("a") and self.is_large("b"))
        return self.answers.answer("both", None, find)

    def taken(self) -> list[str]:
        taken, self.computed = self.computed, []
        return taken


def test_a_result_is_kept_until_something_that_it_has_read_changes() -> None:
    folder = Folder(a=1, c=1)
    assert [folder.is_large("a"), folder.is_large("a")] == [False, False]
    folder.change(c=2)
    assert not folder.is_large("a")
    assert folder.taken() == ["a"]
    folder.change(a=20)
    assert folder.is_large("a")
    assert folder.taken() == ["a"]


def test_an_equal_result_ends_the_work() -> None:
    folder = Folder(a=10, b=1)
    assert not folder.both()
    folder.change(a=11)
    folder.taken()
    assert not folder.both()
    assert folder.taken() == ["a"]
    folder.change(b=11)
    assert folder.both()
    assert folder.taken() == ["b", "both"]


def test_a_result_for_another_base_is_computed_again() -> None:
    answers = Answers(int)
    assert answers.answer("x", 1, lambda: "first") == answers.answer("x", 1, lambda: "second") == "first"
    assert answers.answer("x", 2, lambda: "second") == "second"


def test_who_asks_for_a_part_does_not_read_the_rest() -> None:
    folder = Folder(a=1, b=1)

    def ask(name: str) -> int | None:
        found = {"a": 0, "b": 0}
        return folder.answers.part("all", None, lambda: {each: folder.read(each) for each in found}, name)

    with reading(trace := Trace()):
        assert ask("a") == 1
    folder.change(b=2)
    assert trace.holds()
    folder.change(a=2)
    assert not trace.holds()
    assert ask("c") is None


def test_a_trace_does_not_hold_if_something_changed_meanwhile() -> None:
    folder = Folder(a=1)
    with reading(trace := Trace()):
        folder.read("a")
        folder.change(a=2)
        folder.read("a")
    folder.change(a=1)
    assert not trace.holds()


def test_a_question_that_fails_now_does_not_hold() -> None:
    folder = Folder(a=1)
    with reading(trace := Trace()):
        folder.read("a")
    del folder.numbers["a"]
    assert not trace.holds()


def test_steps_are_noted_only_while_they_run() -> None:
    folder = Folder(a=1, b=1)
    trace = Trace()
    steps = traced((folder.read(name) for name in "a"), trace)
    assert next(steps) == 1
    folder.read("b")
    folder.change(b=2)
    assert trace.holds()
    assert list(steps) == []


def test_the_same_function_is_made_for_equal_functions() -> None:
    numbers, note = {"a": 1}, Noting()
    ask = numbers.get
    read = note(ask)
    assert note(ask) is read
    with reading(trace := Trace()):
        assert read("a") == 1
    numbers["a"] = 2
    assert not trace.holds()
