"""How thorough the tests are, and strategies for the content of env files."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# `make nightly` sets this to 100000 or more, `make test-fast` to 100.
EXAMPLES = int(os.environ.get("CONFIGVARS_EXAMPLES", "1000"))
# Whether the programs in tables of what is reported are also started, to see that the rows are true.
# `make test-fast` leaves this to `make test`.
REAL_STARTS = os.environ.get("CONFIGVARS_REAL_STARTS", "yes") == "yes"

thorough = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def share_of(examples: int) -> int:
    """How many examples a slow property tries: `examples` in `make test`, fewer in `make test-fast`."""
    return max(10, min(examples, examples * EXAMPLES // 1000))


_NAMES = ["A", "B", "FOO", "export", "export ", "FOO_BAR", "a-b", "é", "1X"]
_MARKS = [
    "=",
    "'",
    '"',
    "\\",
    "#",
    "$",
    "{",
    "}",
    "${",
    "${A}",
    "${B:-",
    ":",
    ":-",
    "\\n",
    '\\"',
    "\\'",
    "\\\\",
]
_BLANKS = [" ", "  ", "\t", "\n", "\r\n", "\r", "\xa0", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", " #", "\t#"]
_ODD = ["\0", "\ufeff", "\U0001f600", "\u0301", "x" * 600, " " * 600, "\xa0" * 520 + "#"]
_LINES = [
    "A=1\n",
    "B='x y'\n",
    'FOO="a\nb"\n',
    "export C=${A}\r\n",
    "# note\n",
    "D\n",
    "\n",
    "A=${A}${B:-z}\n",
]

env_texts = st.lists(st.sampled_from(_NAMES + _MARKS * 2 + _BLANKS * 2 + _ODD + _LINES), max_size=25).map(
    "".join
)
"""Texts that are similar to env files: their special characters in every order, and other difficult
characters.
"""

_STATEMENTS = [
    "A=1\n", "A=2\n", "B=1\n", "export A=1\n", "A = 1\n", "'A'=5\n", '"A"=6\n', "A\n", "A.B=3\n", "A=1  \n",
    "A=1\r\n", "B=${A}\n", "C=$A\n", "A=${A}\n", "A=x # y\n", "A=x#y\n", "A='1'\n", 'A="1"\n', "A=\n",
    "B='x\nA=1'\n", 'C="\nA=1\n"\n', "C='x\nA=8\ny'\n", "B='\n", "C=it's\n", "B='a\\'b'\n", 'B="a\\"\n',
    "# A=9\n", "  # c \n", "\n", " \n", "# it's\n", "# c\x0cA=10\n", "A=11\x0cB=12\n", "A=1\r",
    "A=1\u2028\n",
]  # fmt: skip

env_lines = st.lists(st.sampled_from(_STATEMENTS), max_size=8).map("".join)
"""Env files of whole lines with few names, which therefore often repeat, and with lines that readers treat
differently.
"""

values = st.lists(
    st.sampled_from(["a", "B", "x y", *_MARKS, *_BLANKS, *_ODD[:4]]) | st.characters(codec="utf-8"),
    max_size=15,
).map("".join)
"""Values that a UTF-8 file can contain; difficult values are the most frequent."""
