"""Writes a file again and again, interrupted by a signal one step later each time, and reports the result.

Run as a process: `python killed_writes.py` reads a job as JSON and answers with one outcome for each step of
the write (each system call that it makes). The last write is not interrupted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "server"))

from configvars.workspace import writing

STEPS = (
    "open",
    "os.mkdir",
    "os.rename",
    "os.link",
    "os.remove",
    "os.rmdir",
    "os.chmod",
    "os.scandir",
    "os.listdir",
)
MOST_STEPS = 60


def main() -> None:
    """Run the job that stdin contains."""
    job = json.load(sys.stdin)
    outcomes: list[dict[str, Any]] = []
    while not outcomes or outcomes[-1]["reached"]:
        assert len(outcomes) < MOST_STEPS
        outcomes.append(outcome(job, len(outcomes)))
    json.dump(outcomes, sys.stdout)


def outcome(job: dict[str, Any], step: int) -> dict[str, Any]:
    """The state of the folder after a write that was interrupted at a step, and after the next write."""
    folder = Path(job["folder"])
    path = folder / job["name"]
    path.unlink(missing_ok=True)
    if job["before"] is not None:
        path.write_bytes(job["before"].encode())
        path.chmod(0o600)  # the file itself may be what a killed writer leaves in the temporary folder
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        interrupted_write(job, step, writer)
    os.close(writer)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    reached = os.read(reader, 1) == b"!"
    os.close(reader)
    text = path.read_bytes().decode() if path.exists() else None
    left = {
        str(each.relative_to(folder)): f"{each.stat().st_mode & 0o777:o}"
        for each in folder.rglob("*")
        if ".git" not in each.relative_to(folder).parts and each not in (path, folder / ".gitignore")
    }
    git = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"], cwd=folder, capture_output=True, text=True
    ).stdout
    write(job, text, job["after"] + "NEXT=1\n")
    return {
        "reached": reached,
        "status": status,
        "text": text,
        "left": left,
        "git": git.splitlines(),
        "next": path.read_bytes().decode(),
        "swept": sorted(os.listdir(folder)),
    }


def interrupted_write(job: dict[str, Any], step: int, writer: int) -> None:
    """Write, and send the signal to this process before the call with this number."""
    calls = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal calls
        if event in STEPS:
            if calls == step:
                calls += 1
                os.write(writer, b"!")
                os.kill(os.getpid(), job["signal"])
            calls += 1

    sys.addaudithook(count)
    try:
        write(job, job["before"], job["after"])
    except KeyboardInterrupt:
        os._exit(130)
    os._exit(0)


def write(job: dict[str, Any], before: str | None, after: str) -> None:
    """Write the file as the product does."""
    path, root = os.path.join(job["folder"], job["name"]), job["folder"]
    if before is None:
        writing.create(path, root, after)
    else:
        writing.replace(path, root, before, after)


if __name__ == "__main__":
    main()
