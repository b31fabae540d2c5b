"""Procfile: the commands of the app's processes, and the variables they expand."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example, FileFacts, Reference
from configvars.sources.base import Source
from configvars.sources.commands import command_references, shifted
from configvars.sources.starts import starts_of, starts_within
from configvars.syntax.procfile import Process, parse_procfile


def _matches(name: str) -> bool:
    return name == "Procfile" or name.startswith("Procfile.")


def _analyze(path: str, text: str) -> FileFacts:
    processes = list(parse_procfile(text))
    references = tuple(found for process in processes for found in _references(process))
    starts = (start for each in processes for start in starts_of(each.command, each.command_span, "procfile"))
    return FileFacts(path, "procfile", references=references, starts=starts_within(starts))


def _references(process: Process) -> Iterator[Reference]:
    return command_references(process.command, shifted(process.command_span.start), "procfile")


PROCFILE = Source(
    name="procfile",
    matches=_matches,
    analyze=_analyze,
    examples=(
        Example("# web: $NOT\nweb: npm start\n", note="nothing is expanded"),
        Example("web: echo '$NOT' \\$NOT $1 $$ $(date)\n", note="quoted, escaped, or no variable"),
        Example("release: STEP=1; echo $STEP\n", note="set by the command itself"),
        Example("web: run --key=px6j$rcz5 a${b}c --x=$AKIA2E0A8F3B244C9986\n", note="may be a password"),
        Example(
            "web: gunicorn -b 0.0.0.0:$PORT app:app\n", ("1:27 PORT optional", "starts gunicorn app:app")
        ),
        Example(
            'web: run "${HOST}:${PORT:-5000}"\nworker: rq -u $REDIS_URL\n',
            ("1:13 HOST optional", "1:21 PORT defaulted", "2:16 REDIS_URL optional", "starts rq"),
        ),
        Example(
            'release: ./notify "${HOOK:?}"\nweb: HOST=${HOST:-x} run $HOST\n',
            ("1:22 HOOK required", "2:13 HOST defaulted"),
        ),
    ),
)
