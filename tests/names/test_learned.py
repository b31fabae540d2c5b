"""Something that a scan has found is kept while one place supports it.

If it changes, its users are notified.
"""

from __future__ import annotations

from configvars.names.learned import Learned
from configvars.names.memory import Listed, Memory
from configvars.names.values import Parameter, ParameterRead
from configvars.text import Mark

FUNCTION = Mark("f.py", "f")
READ = ParameterRead(Parameter("name", FUNCTION), Mark("f.py", "f/0"))


def test_a_read_without_a_place_is_removed() -> None:
    learned = Learned(Memory())
    learned.give("one", [(FUNCTION, READ)])
    learned.give("two", [(FUNCTION, READ)])
    learned.give("one", [])
    assert learned.reads(FUNCTION) == (READ,)
    learned.give("two", [])
    assert learned.reads(FUNCTION) == ()
    assert not learned.leads(FUNCTION)


def test_a_repeated_read_is_not_news() -> None:
    learned = Learned(Memory())
    learned.give("one", [(FUNCTION, READ)])
    assert learned.news == {("reads", FUNCTION), ("leads", FUNCTION)}
    learned.news.clear()
    learned.give("one", [(FUNCTION, READ)])
    learned.give("two", [(FUNCTION, READ)])
    assert learned.news == set()


def test_an_answer_depends_on_its_questions() -> None:
    memory, memo = Memory(), Listed[bool]()
    learned = Learned(memory)
    memory.recall(memo, "answer", lambda: bool(learned.reads(FUNCTION)), otherwise=False)
    assert memo.resting_on({("reads", FUNCTION)}) == ["answer"]
    assert memo.resting_on({("leads", FUNCTION)}) == []
