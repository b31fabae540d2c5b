"""Check the corpus in four situations and compare the findings with the verdicts: `make field`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from msgspec.structs import asdict

from field.corpus import fetch, repositories
from field.run import Said, TooSlowError, said_of
from field.situations import SITUATIONS
from field.verdicts import judged, report


def main() -> int:
    parser = argparse.ArgumentParser(prog="make field", description=__doc__)
    parser.add_argument("names", nargs="*", help="repositories of tests/field/corpus.toml; all by default")
    parser.add_argument("--fetch", action="store_true", help="download missing repositories from GitHub")
    parser.add_argument(
        "--keep", type=Path, help="also write the findings to this file, one JSON object per line"
    )
    parser.add_argument(
        "--said", type=Path, help="compare the findings in this file of --keep, and run nothing"
    )
    parser.add_argument("--situations", nargs="*", choices=SITUATIONS, default=SITUATIONS)
    given = parser.parse_args()
    if given.said:
        lines = given.said.read_text("utf-8").splitlines()
        print(report([Said(**json.loads(line)) for line in lines], judged()))
        return 0
    folder = os.environ.get("CONFIGVARS_FIELD")
    if not folder:
        parser.error("set CONFIGVARS_FIELD to the folder with the repositories, each as OWNER+NAME")
    every: list[Said] = []
    if given.keep:
        given.keep.write_text("")
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        for repository in repositories():
            root = Path(folder, repository.folder).resolve()
            if given.names and repository.name not in given.names:
                continue
            if given.fetch:
                fetch(repository, Path(folder))
            if not root.is_dir():
                print(f"{repository.name}: not downloaded; use --fetch", file=sys.stderr)
                continue
            print(repository.name, file=sys.stderr, flush=True)
            try:
                said = list(said_of(root, repository.name, Path(scratch), given.situations))
            except TooSlowError:
                print(f"{repository.name}: too slow, skipped", file=sys.stderr)
                continue
            every.extend(said)
            if given.keep:
                with given.keep.open("a", encoding="utf-8") as file:
                    file.writelines(f"{json.dumps(asdict(each))}\n" for each in said)
    print(report(every, judged()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
