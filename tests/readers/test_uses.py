"""Calls of functions that read a variable: the part of the call to which the read belongs."""

from __future__ import annotations

from support.python_facts import facts_of

TEXT = """\
import os
from functools import partial
def get(name, other=1):
    return os.environ[name]
get("A")
get(other=2, name="B")
bound = partial(get, "C")
bound(3)
class Conf:
    def __init__(self, prefix):
        self.prefix = prefix
    def get(self):
        return os.environ[self.prefix + "X"]
conf = Conf("D_")
conf.get()
"""


def test_a_read_is_at_the_argument_or_else_at_the_function() -> None:
    reads = facts_of(TEXT)["app.py"].references
    places = [(each.variable.name, each.span.of(TEXT)) for each in reads]
    assert places == [("A", "A"), ("B", "B"), ("C", "bound"), ("D_X", "conf.get")]
