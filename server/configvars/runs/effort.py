"""How much of the conditions of one file is evaluated, and whether a result is complete."""

from __future__ import annotations

from configvars.limits import CONDITION_DEPTH, CONDITION_STEPS
from configvars.runs.parsed_code import Code

Key = tuple[str, int]
"""The path of a file, and the id of a node of its tree."""


class Effort:
    """The expressions that are being evaluated, each because of the one before, and the steps so far."""

    def __init__(self) -> None:
        self._active: set[Key] = set()
        self._path = ""
        self.steps = 0
        self.left = 0  # how often an expression was left, because it depends on itself or for a limit

    def begin(self, path: str) -> None:
        """Start to count the steps again, for the conditions of another file."""
        if path != self._path:
            self._path, self.steps = path, 0

    def enter(self, code: Code, key: Key) -> bool:
        """Whether an expression may be evaluated now; call `leave` afterwards."""
        may = key not in self._active
        for limit, count in ((CONDITION_DEPTH, len(self._active)), (CONDITION_STEPS, self.steps)):
            if may and count > limit.most:
                code.tree.hits.count(limit)
                may = False
        self.left += not may
        self.steps += may
        if may:
            self._active.add(key)
        return may

    def leave(self, key: Key, left: int) -> bool:
        """Whether the value of an expression is complete; `left` is the count from when it was entered."""
        self._active.remove(key)
        return left == self.left or not self._active
