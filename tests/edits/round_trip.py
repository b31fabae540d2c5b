"""Nightly: values that `encode_value` writes are read by every supported release of python-dotenv.

    python tests/edits/round_trip.py [COUNT]

Installs each release into its own folder and reads COUNT random values with it (default: 100000), half of
them with a comment after them. Prints the failures with escapes, and exits with 1 if there are any.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

RELEASES = ("0.21.1", "1.0.0", "1.0.1", "1.1.0", "1.1.1", "1.2.1", "1.2.2", "1.2.3", "1.2.4")
PIECES = [
    *"aB0 .-=:'\"\\#$%&{}[]()<>|;`~!@^*?\t\n\r\x00\x0b\x0c\x1b\x1c\x1f\x7f\x85\xa0\u2028\u2029\ufeffé😀",
    "${", "}", "${A}", "${A:-b}", ":-", "\r\n", " #", "\\n", "\\'", '\\"', "\\\\", "export ", "A=1", "    ",
]  # fmt: skip
READ = """
import json, logging, sys
sys.path.insert(0, sys.argv[1])
import dotenv
assert dotenv.__file__.startswith(sys.argv[1]), dotenv.__file__
logging.disable()
print(json.dumps(dotenv.dotenv_values(sys.argv[2])))
"""


def main(count: int) -> int:
    from configvars.edits import encode_value

    chance = random.Random(count)
    values = ["".join(chance.choices(PIECES, k=chance.randint(0, 12))) for _ in range(count)]
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for release in RELEASES:
            target = Path(folder, release)
            _run(
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-deps",
                "--target",
                target,
                f"python-dotenv=={release}",
            )
            wrong = []
            for start in range(0, count, 500):  # python-dotenv's interpolation is quadratic in the keys
                chunk = values[start : start + 500]
                comments = ["", " # comment"]
                lines = [
                    f"V{n}={encode_value(value)}{comments[n % 2 and value != '']}"
                    for n, value in enumerate(chunk)
                ]
                env_file = Path(folder, "values.env")
                env_file.write_bytes("\n".join(lines).encode())
                read = json.loads(_run("-c", READ, target, env_file))
                wrong += [value for n, value in enumerate(chunk) if read.get(f"V{n}") != value]
            failures += len(wrong)
            print(
                f"python-dotenv {release}: {count} values, {len(wrong)} read otherwise",
                *map(ascii, wrong[:5]),
            )
    return int(failures > 0)


def _run(*arguments: object) -> str:
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
