from __future__ import annotations

from configvars.resolve.searched import Searched


class Texts:
    """Some Python files, and the texts that were searched."""

    def __init__(self, **texts: str) -> None:
        self.texts = texts
        self.searched: list[str] = []
        self.found = Searched(self.texts.get, lambda: self.texts, self.texts.__contains__)

    def change(self, path: str, text: str) -> None:
        self.texts[path] = text
        self.found.changed(path)

    def has(self, word: str, counts: str = "") -> bool:
        def contains(text: str) -> bool:
            self.searched.append(text)
            return word in text

        return self.found.anywhere(word, contains, lambda path: path.startswith(counts))


def test_each_text_is_searched_once() -> None:
    files = Texts(a="x", b="y")
    assert [files.has("z"), files.has("z")] == [False, False]
    assert files.searched == ["x", "y"]
    files.change("b", "yz")
    assert files.has("z")
    assert files.searched == ["x", "y", "yz"]


def test_changes_count() -> None:
    files = Texts(a="x", b="y")
    assert files.has("x")
    files.change("a", "")
    assert not files.has("x")
    files.change("c", "x")
    assert files.has("x")
    del files.texts["c"]
    files.found.changed("c")
    assert not files.has("x")


def test_some_files_do_not_count() -> None:
    files = Texts(a1="x", b1="y")
    assert not files.has("x", counts="b")
    files.change("a2", "x")
    assert not files.has("x", counts="b")
    files.change("b2", "x")
    assert files.has("x", counts="b")
