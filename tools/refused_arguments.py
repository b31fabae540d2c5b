"""Finds out which arguments of libraries must not be None, or empty, by calling the libraries.

    python tools/refused_arguments.py FOLDER [PACKAGE…]

`refused_arguments.toml` next to this file lists the calls. Each package is installed into a folder of its
own in FOLDER (unless it exists there) and called in processes without environment variables and without a
network. The result is server/configvars/readers/refused_arguments.json, with the version of each package. An
argument is refused if the call raises with it before it needs the network, and does not with a plausible
value; None must also be refused if all other arguments are None.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULT = HERE.parent / "server" / "configvars" / "readers" / "refused_arguments.json"
LIST = HERE / "refused_arguments.toml"
RUNNER = HERE / "call_with_argument.py"
_TRIED = {"none": "None", "empty": "''"}
_KINDS = ("usual", "all", *_TRIED)


def main() -> int:
    """Call all functions in the list, or those of the packages that are named; return the exit status."""
    folder, wanted = Path(sys.argv[1]), sys.argv[2:]
    listed: dict[str, dict[str, Any]] = tomllib.loads(LIST.read_text("utf-8"))
    found: dict[str, Any] = json.loads(RESULT.read_text("utf-8")) if RESULT.exists() else {}
    for package in wanted or listed:
        calls = listed[package]["calls"]
        installed = _installed(package, [need for call in calls for need in call.get("needs", ())], folder)
        if installed is None:
            continue
        try:
            result = _called(calls, installed)
        except (subprocess.CalledProcessError, ValueError, IndexError) as error:
            sys.stderr.write(f"{package}: {error}\n")
            continue
        found[package] = {"version": _version(package, installed), "calls": result}
        sys.stderr.write(f"{package} {found[package]['version']}: called\n")
        tables = {each: found[each] for each in sorted(listed) if each in found}
        RESULT.write_text(json.dumps(tables, indent=1) + "\n", "utf-8")
    return 0


def _installed(package: str, needs: list[str], folder: Path) -> Path | None:
    """The folder in which a package is installed; None if that fails."""
    target = folder / package
    if not target.exists():
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
        done = subprocess.run([*pip, "--target", str(target), package, *sorted({*needs})], check=False)
        if done.returncode:
            sys.stderr.write(f"{package}: not installed\n")
            return None
    return target


def _version(package: str, installed: Path) -> str:
    every = importlib.metadata.distributions(name=package, path=[str(installed)])
    return next(iter(every)).version


def _called(calls: list[dict[str, Any]], installed: Path) -> dict[str, dict[str, Any]]:
    """By path and argument: what each call raises."""
    tests = [
        (call, path, argument) for call in calls for path in call["paths"] for argument in call["arguments"]
    ]
    results = _results([job for test in tests for job in _jobs(*test)], installed)
    found: dict[str, dict[str, Any]] = {}
    for call, path, argument in tests:
        mine = {kind: next(results) for kind in (*_KINDS, *call.get("instead", {}).get(argument, ()))}
        if mine["usual"]["raised"] is None:
            found.setdefault(path, {})[argument] = _entry(call, argument, mine)
        else:
            sys.stderr.write(f"{path}({argument}=…): {mine['usual']['raised']}: {mine['usual']['message']}\n")
    return found


def _jobs(call: dict[str, Any], path: str, argument: str) -> Iterator[dict[str, Any]]:
    """The calls with usual values, None, an empty string, and None with a variable that can be set."""
    given = call["arguments"] if not call.get("apart") else {argument: call["arguments"][argument]}
    variables = call.get("instead", {}).get(argument, ())
    tried = [(given, ""), (dict.fromkeys(given, "None"), "")]
    tried += [({**given, argument: value}, "") for value in _TRIED.values()]
    tried += [({**given, argument: "None"}, name) for name in variables]
    for arguments, name in tried:
        yield {
            "path": path,
            "on": call.get("on", "{}()"),
            "setup": call.get("setup", ""),
            "rest": call.get("rest", ""),
            "then": call.get("then", ""),
            "argument": argument,
            "arguments": arguments,
            "variables": {name: "x:1"} if name else {},
        }


def _results(jobs: list[dict[str, Any]], installed: Path) -> Iterator[dict[str, Any]]:
    """The result of each call."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "HOME": "/nonexistent"}
    command = [sys.executable, "-S", "-B", "-W", "ignore", str(RUNNER)]
    asked = json.dumps(jobs).encode()
    done = subprocess.run(command, env=environ, input=asked, stdout=subprocess.PIPE, cwd="/", check=True)
    yield from json.loads(done.stdout.splitlines()[-1])


def _entry(call: dict[str, Any], argument: str, results: dict[str, dict[str, Any]]) -> dict[str, Any]:
    position = call.get("positions", {}).get(argument, results["usual"]["position"])
    entry = {"position": position, **{kind: results[kind]["raised"] for kind in _TRIED}}
    if results["all"]["raised"] is None:
        entry["none"] = None
    instead = [name for name, each in results.items() if name not in _KINDS and each["raised"] is None]
    is_refused = entry["none"] is not None
    if is_refused and instead:
        entry["instead"] = instead
    if is_refused and "unless" in call:
        entry["unless"] = call["unless"]
    return entry


if __name__ == "__main__":
    sys.exit(main())
