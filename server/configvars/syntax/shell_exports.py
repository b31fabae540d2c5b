"""The variables that a shell script certainly exports, and that are certainly not empty then.

A script is followed line by line. Whatever may not run counts only if both ways have the same result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from configvars.patterns import lazy_pattern
from configvars.syntax.shell_state import Known, State, merged
from configvars.syntax.shell_statements import Statement, statements

_ASSIGNMENT = lazy_pattern(r"(?P<name>[A-Za-z_]\w*)(?P<more>\+?)=(?P<value>.*)", re.ASCII | re.DOTALL)
_NAME = lazy_pattern(r"[A-Za-z_]\w*", re.ASCII)
_TEST = lazy_pattern(
    r"""(?:\[\[?|test) (?P<empty>-[nz] )?["']?\$\{?(?P<name>\w+)(?::?-)?\}?["']?(?: \]\]?)?"""
)
_ASSIGNS = lazy_pattern(r"\$\{(\w+):?=([^}]+)\}")
_OPENS = frozenset({"for", "while", "until", "case", "select", "{", "function"})
_CLOSES = frozenset({"done", "esac", "}"})
_DECLARES = frozenset({"export", "declare", "typeset"})
# After these nothing is certain about what is already exported: they may remove it.
_MAY_REMOVE = frozenset({"eval", "source", "."})
_ENDS = frozenset({"exit", "return", "exec"})
_CANNOT_FAIL = frozenset({":", "true", "set", "export"})


class _End(Exception):  # noqa: N818 -- not an error
    """The script ends here, or nothing more is known."""


def exported_names(script: str, is_set: Callable[[str], bool] = lambda name: False) -> frozenset[str]:
    """The variables that a script certainly exports; `is_set` says which others its environment has."""
    shell = _Shell()
    try:
        for statement in statements(script):
            shell.run(statement)
    except _End:
        pass
    final = shell.final()
    return frozenset(name for name in final.exported if final.is_set(name, is_set))


class _Block:
    """An open `if`, loop, function or subshell; `ways` are the states at the ends of its branches."""

    def __init__(self, word: str, before: State) -> None:
        self.word = word
        self.before = before
        self.ways: list[State] = []
        self.known: Known | None = None
        self.has_else = False


class _Shell:
    def __init__(self) -> None:
        self._state = State()
        self._blocks: list[_Block] = []
        self._sure = True  # the statement before cannot fail
        self._known: Known | None = None

    def final(self) -> State:
        """The state at the end, if what is still open may not have run."""
        return merged([self._state, *(block.before for block in self._blocks)])

    def run(self, statement: Statement) -> None:
        """Follow one statement."""
        words = list(statement.words)
        while words and self._keyword(words):
            words = words[1:]
        if not words or (self._blocks and self._blocks[-1].word == "if?"):
            return
        before, known = self._state.copy(), self._known
        may_skip = statement.before in ("&&", "||") and not (statement.before == "&&" and self._sure)
        self._command(words, certain=not may_skip and not self._blocks)
        self._sure = words[0] in _CANNOT_FAIL or all(map(_ASSIGNMENT.fullmatch, words))
        self._known = _tested(words)
        if statement.after in ("|", "&") or statement.before == "|":
            self._state = before
        elif may_skip:
            skipped = before.copy()
            if known is not None:
                skipped.learn(known if statement.before == "||" else known.otherwise())
            self._state = merged([self._state, skipped])

    def _keyword(self, words: list[str]) -> bool:
        """Whether the first word opens or closes a block, and not a command."""
        word = words[0]
        top = self._blocks[-1] if self._blocks else None
        if word in ("if", "("):
            self._blocks.append(_Block("if?" if word == "if" else word, self._state.copy()))
            self._blocks[-1].known = _tested(words[1:])
        elif word in _OPENS:
            self._blocks.append(_Block(word, self._state.copy()))
            return word == "{"
        elif word in _CLOSES and top is not None and top.word in _OPENS:
            self._close([self._state, top.before])
        elif word == ")":
            if top is not None and top.word == "(":
                self._close([top.before])
        elif word in ("then", "elif", "else", "fi") and top is not None and top.word in ("if", "if?"):
            self._branch(word, words, top)
        else:
            return word in ("do", "!", "then", "else")
        return True

    def _branch(self, word: str, words: list[str], top: _Block) -> None:
        if word == "then":
            top.word = "if"
            self._state = top.before.copy()
            if top.known is not None:
                self._state.learn(top.known)
            return
        top.ways.append(self._state)
        self._state = top.before.copy()
        if top.known is not None:
            self._state.learn(top.known.otherwise())
        if word == "elif":
            top.word, top.known = "if?", _tested(words[1:])
        elif word == "else":
            top.has_else = True
        else:
            self._close([*top.ways, *([] if top.has_else else [self._state])])

    def _close(self, ways: Iterable[State]) -> None:
        self._blocks.pop()
        self._state = merged(list(ways))

    def _command(self, words: list[str], *, certain: bool) -> None:
        for word in words:
            for name, value in _ASSIGNS.findall(word):
                self._state.assign(name, value)
        if all(map(_ASSIGNMENT.fullmatch, words)):
            self._assign(words)
        elif words[0] in _DECLARES:
            self._declare(words)
        elif words[0] == "set":
            self._set(words[1:])
        elif words[0] == "unset":
            self._state.remove(words[1:])
        elif words[0] in _MAY_REMOVE or (words[0] == "env" and {"-i", "-u"}.intersection(words)):
            self._state = State()
        elif words[0] in _ENDS and not (words[0] == "exec" and all(map(_redirects, words[1:]))):
            self._end(words[0], certain=certain)

    def _end(self, word: str, *, certain: bool) -> None:
        in_function = any(block.word in ("{", "function", "(") for block in self._blocks)
        if certain or (word == "return" and not in_function):
            raise _End

    def _declare(self, words: list[str]) -> None:
        flags = {word for word in words[1:] if word.startswith("-")}
        if words[0] != "export" and not any("x" in flag for flag in flags):
            return
        for word in words[1:]:
            found = _ASSIGNMENT.fullmatch(word)
            name = found["name"] if found else word
            if "-n" in flags:
                self._state.exported.discard(name)
            elif _NAME.fullmatch(name):
                self._assign([word] if found else [])
                self._state.exported.add(name)

    def _assign(self, words: Iterable[str]) -> None:
        for word in words:
            if (found := _ASSIGNMENT.fullmatch(word)) and not found["more"]:
                self._state.assign(found["name"], found["value"])

    def _set(self, words: list[str]) -> None:
        text = " ".join(words)
        if re.search(r"(?:^|\s)-(?:\w*a|o allexport)", text):
            self._state.exports_all = True
        elif re.search(r"(?:^|\s)\+(?:\w*a|o allexport)", text):
            self._state.exports_all = False


def _redirects(word: str) -> bool:
    return word[0] in "<>&0123456789" or "/" in word


def _tested(words: list[str]) -> Known | None:
    """What a test shows about a variable if it succeeds."""
    found = _TEST.fullmatch(" ".join(words))
    return Known(found["name"], not (found["empty"] or "").startswith("-z")) if found else None
