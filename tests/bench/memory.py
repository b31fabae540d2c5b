"""Whether a server's memory stays flat while documents are opened, changed and closed, and edited for long.

    PYTHONPATH=server:tests python tests/bench/memory.py [CYCLES] [SECONDS]

First the cycles, then that many seconds of typing in documents that stay open.

Linux only: it reads what `/proc` says of the server. The exit status is 1 where it grows.
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
"""The share of the cycles after which everything that is remembered has been met."""
MOST = 4 * 1024
"""KiB that the server may have more at the end: the allocator's own doing."""


def resident(process: int) -> int:
    """The memory of a process that is in use, in KiB."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


def cycle(client: LspClient, folder: Path, number: int) -> None:
    """Open, change and close documents of a kind each, one of which is on no disk."""
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
    """One change of a document that stays open, and what an editor asks after it."""
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
    """What the server takes, all that was sent answered; what the client has heard is forgotten."""
    client.call("workspace/symbol", {"query": ""})
    del client.heard[:]
    client.raw = b""
    return resident(client.process.pid)


def grown(what: str, before: int, after: int) -> bool:
    """Say what something costs; whether that is too much."""
    print(f"{what}: {before} KiB when warm, {after} KiB in the end", flush=True)
    return after - before > MOST


def edit(client: LspClient, folder: Path, seconds: float) -> bool:
    """Type for so long; whether memory grows meanwhile."""
    uris = {name: client.open(folder / name) for name in ("app.py", "config.py", ".env")}
    dice, number, before, start = Random(1), 0, 0, time.monotonic()
    while (gone := time.monotonic() - start) < seconds:
        typed(client, uris, dice, number)
        number += 1
        if number % 100 == 0:
            used(client)
        if not before and gone > seconds * WARM:
            before = used(client)
    return grown(f"{number} edits in {seconds:.0f} s", before or used(client), used(client))


def main(cycles: int, seconds: float) -> int:
    """Run the cycles and the edits, and say what they cost."""
    with tempfile.TemporaryDirectory() as folder, LspClient() as client:
        fixture(PROJECT).write(Path(folder))
        client.initialize(Path(folder))
        before = 0
        for number in range(cycles):
            cycle(client, Path(folder), number)
            del client.heard[:]
            client.raw = b""
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
