"""Checks that the server's memory does not grow while documents are opened, edited and closed.

    PYTHONPATH=server:tests python tests/bench/memory.py [CYCLES] [SECONDS]

Opens, changes and closes documents CYCLES times, then edits open documents for SECONDS.

Linux only, because it reads `/proc`. Exits with 1 if the memory grows.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from random import Random

from support.fixtures import fixture
from support.lsp_client import LspClient

PROJECT = """\
-- app.py --
import os
from config import Config
os.environ["A"]
-- config.py --
import os
class Config:
    B = os.environ.get("B")
-- .env --
A=1
B=${A}
"""
WARM = 0.2
"""The share of the cycles after which everything that is cached has occurred at least once."""
_SHOWN = 1000
"""After how many cycles or edits the memory is printed."""
MOST = 4 * 1024
"""By how many KiB the server may grow; the memory allocator itself causes such changes."""


def resident(process: int) -> int:
    """The resident memory of a process in KiB."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


def cycle(client: LspClient, folder: Path, number: int) -> None:
    """Open, change and close one document of each kind, including one that does not exist on disk."""
    texts = {
        "app.py": f'import os\nos.environ["A_{number % 50}"]\n',
        ".env": f"A={number}\nB=${{A}}\nC_{number % 50}=\n",
        f"new_{number % 20}.py": f"import os\nos.getenv('N_{number}')\n",
    }
    for name, text in texts.items():
        uri = client.open(folder / name, text)
        client.change(uri, text + "\n# more\n", 2)
        client.at("hover", uri, 1, 13)
        client.close(uri)


def typed(client: LspClient, uris: Mapping[str, str], dice: Random, number: int) -> None:
    """Make one change in an open document, and send the requests that an editor sends after it."""
    name = dice.choice(sorted(uris))
    words = (
        ("os.environ['A']", "os.getenv('B', 'x')", "x = (", "'", "import config")
        if ".py" in name
        else ("A=1", "B='")
    )
    lines = [dice.choice(words) for _ in range(dice.randrange(60))]
    client.change(uris[name], "\n".join(["import os" if ".py" in name else "A=1", *lines, ""]), number + 2)
    client.at(dice.choice(("hover", "completion")), uris[name], 0, 1)


def used(client: LspClient) -> int:
    """The memory of the server, after it has answered everything.

    The client forgets the messages that it has received.
    """
    client.call("workspace/symbol", {"query": ""})
    del client.heard[:]
    client.raw = b""
    return resident(client.process.pid)


def grown(what: str, before: int, after: int) -> bool:
    """Print by how much the memory has grown; return whether that is too much."""
    print(f"{what}: {before} KiB when warm, {after} KiB in the end", flush=True)
    return after - before > MOST


def edit(client: LspClient, folder: Path, seconds: float) -> bool:
    """Edit documents for this many seconds; return whether the memory grows."""
    uris = {name: client.open(folder / name) for name in ("app.py", "config.py", ".env")}
    dice, number, before, start = Random(1), 0, 0, time.monotonic()
    while (gone := time.monotonic() - start) < seconds:
        typed(client, uris, dice, number)
        number += 1
        if number % 100 == 0:
            now = used(client)
            if number % _SHOWN == 0:
                print(f"after {number} edits: {now} KiB", flush=True)
        if not before and gone > seconds * WARM:
            before = used(client)
    return grown(f"{number} edits in {seconds:.0f} s", before or used(client), used(client))


def main(cycles: int, seconds: float) -> int:
    """Run both parts and print the results."""
    with tempfile.TemporaryDirectory() as folder, LspClient() as client:
        fixture(PROJECT).write(Path(folder))
        client.initialize(Path(folder))
        before = 0
        for number in range(cycles):
            cycle(client, Path(folder), number)
            del client.heard[:]
            client.raw = b""
            if number % _SHOWN == 0:
                print(f"after {number} cycles: {used(client)} KiB", flush=True)
            if number == int(cycles * WARM):
                before = used(client)
        found = [grown(f"{cycles} cycles of 3 documents", before, used(client))] if cycles else []
        if seconds:
            found.append(edit(client, Path(folder), seconds))
        client.exit()
    return int(any(found))


if __name__ == "__main__":
    wanted = [float(word) for word in sys.argv[1:]]
    sys.exit(main(int(wanted[0]) if wanted else 10_000, wanted[1] if len(wanted) > 1 else 0))
