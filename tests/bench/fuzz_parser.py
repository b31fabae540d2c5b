"""Searches for text that crashes or hangs the native parser, which runs in child processes.

    python tests/bench/fuzz_parser.py [SECONDS] [SEED]

Each child parses modified Python files and walks their trees as the analysis does. Text that crashes a child,
or takes more than `SLOWEST` seconds of processor time, is written to a file, and the exit status is 1. With
`RAW=1`, text that `configvars.syntax.native` refuses is parsed too, to check whether refusing it is still
necessary.
"""

from __future__ import annotations

import mmap
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import tree_sitter_python
from tree_sitter import Language, Node, Parser

from configvars.syntax.python import parse

SLOWEST = 20
TEXTS = 200
"""The number of texts for one child: starting a child takes as long as parsing some of them."""
LONGEST = 256 * 1024
_RAW = bool(os.environ.get("RAW"))
_LANGUAGE = Language(tree_sitter_python.language())
_MARKS = (
    "' \" ''' \"\"\" f' f\"{ rb' t'{ { } ( ) [ ] {{ }} # : ; , @ = := -> ** * - . ` $ ? ! 0x 1e lambda print"
    " exec class await not async def f( A( X[ case[ match import a. from yield global"
)
_WORDS = _MARKS.split()
_TOKENS = [
    *_WORDS,
    *(f"{word} " for word in _WORDS),
    *(
        "\\",
        "\\\n",
        "\\N{",
        "\\u",
        "\n",
        "\r",
        "\r\n",
        "\f",
        "\t",
        "\0",
        "\ufeff",
        "é",
        "\U0001f600",
        "\ud800",
    ),
    *("if x:\n", "else:\n", "elif y:\n", "try:\n", "except E:\n", "for x in ", "with a as b, ", "\u2028"),
    *(" " * 300, "\t" * 40),
]


def seeds() -> list[str]:
    """Python files of every kind: those of the standard library and of this project."""
    folders = [
        Path(os.__file__).parent,
        Path(os.__file__).parent / "test",
        Path(__file__).parents[2] / "server",
    ]
    files = sorted(path for folder in folders for path in folder.glob("*.py"))
    return [path.read_text("utf-8", "surrogateescape") for path in files if path.stat().st_size < LONGEST]


def changed(text: str, dice: random.Random) -> str:
    """Text after random changes: parts removed, repeated, moved or indented differently, tokens inserted."""
    for _ in range(dice.randint(1, 8)):
        at, to = sorted(dice.randrange(len(text) + 1) for _ in range(2))
        to = min(to, at + dice.choice([1, 10, 1000]))
        match dice.randrange(7):
            case 0:
                text = text[:at] + text[to:]
            case 1:
                text = text[:at] + text[at:to] * dice.choice([2, 10, 100]) + text[to:]
            case 2:
                text = text[:at] + dice.choice(_TOKENS) * dice.choice([1, 1, 3, 50, 1000]) + text[at:]
            case 3:
                lines = text.split("\n")
                text = "\n".join(
                    " " * dice.randrange(dice.choice([4, 40, 400])) + line.lstrip() for line in lines
                )
            case 4:
                lines = text.split("\n")[: dice.choice([20, 100, 700])]
                text = "\n".join(
                    " " * n * dice.choice([1, 1, 2]) + line.lstrip() for n, line in enumerate(lines)
                )
            case 5:
                text = text[at:] + text[:at]
            case _:
                text = "".join(dice.choice(_TOKENS) for _ in range(dice.choice([5, 50, 500]))) + text[at:to]
        text = text[:LONGEST]
    return text


def walked(root: Node) -> Iterator[Node]:
    """Visit every node and compute what the analysis uses: parents, fields, positions."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting += node.children
        yield node


def look_at(text: str) -> None:
    """Parse the text and walk its tree."""
    data = text.encode("utf-8", "surrogatepass")
    root = Parser(_LANGUAGE).parse(data).root_node if _RAW else parse(text).root
    for number, node in enumerate(walked(root)):
        node.child_by_field_name("value")
        if number % 50 == 0:
            found = root.descendant_for_byte_range(node.start_byte, node.end_byte)
            above = None if found is None else found.parent
            _ = (above, node.next_named_sibling, node.named_children)


def child(memory: mmap.mmap, texts: list[str], seed: int) -> None:
    """Parse many texts. Each is stored before it is parsed, and a timer ends a parse that hangs."""
    dice = random.Random(seed)
    for _ in range(TEXTS):
        text = changed(dice.choice(texts), dice)
        data = text.encode("utf-8", "surrogatepass")[: len(memory) - 8]
        memory[8 : 8 + len(data)] = data
        memory[:8] = len(data).to_bytes(8, "little")
        signal.setitimer(signal.ITIMER_PROF, SLOWEST)
        look_at(text)
        signal.setitimer(signal.ITIMER_PROF, 0)


def main(seconds: float, seed: int) -> int:
    texts, memory = seeds(), mmap.mmap(-1, 4 * LONGEST + 8)
    until, run, ended = time.monotonic() + seconds, 0, 0
    while time.monotonic() < until:
        if (pid := os.fork()) == 0:
            child(memory, texts, seed + run)
            os._exit(0)
        status = os.waitpid(pid, 0)[1]
        run += 1
        if status:
            ended += 1
            text = memory[8 : 8 + int.from_bytes(memory[:8], "little")]
            descriptor, kept = tempfile.mkstemp(prefix="fuzz-parser-", suffix=".py")
            os.write(descriptor, text)
            os.close(descriptor)
            how = (
                f"signal {os.WTERMSIG(status)}"
                if os.WIFSIGNALED(status)
                else f"status {os.WEXITSTATUS(status)}"
            )
            print(f"{how}: {len(text)} bytes in {kept} (seed {seed + run - 1})", flush=True)
    print(f"{run} runs of {TEXTS} texts, from seed {seed}: {ended} crashed or hung")
    return int(bool(ended))


if __name__ == "__main__":
    wanted = [float(word) for word in sys.argv[1:]]
    sys.exit(main(wanted[0] if wanted else 60.0, int(wanted[1]) if len(wanted) > 1 else 0))
