"""Whether a server's memory stays flat while documents are opened, changed and closed again and again.

    PYTHONPATH=server:tests python tests/bench/memory.py [CYCLES]

Linux only: it reads what `/proc` says of the server. The exit status is 1 where it grows.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

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


def main(cycles: int) -> int:
    """Run the cycles, and say what they cost."""
    with tempfile.TemporaryDirectory() as folder, LspClient() as client:
        fixture(PROJECT).write(Path(folder))
        client.initialize(Path(folder))
        before = 0
        for number in range(cycles):
            cycle(client, Path(folder), number)
            del client.heard[:]
            client.raw = b""
            if number == int(cycles * WARM):
                client.call("workspace/symbol", {"query": ""})
                before = resident(client.process.pid)
        client.call("workspace/symbol", {"query": ""})
        after = resident(client.process.pid)
        client.exit()
    print(f"{cycles} cycles of 3 documents: {before} KiB after {WARM:.0%} of them, {after} KiB in the end")
    return int(after - before > MOST)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
