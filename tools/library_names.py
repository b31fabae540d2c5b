"""Collects the environment variables that libraries read by themselves, for the catalogue.

    python tools/library_names.py FOLDER [PACKAGE…]

`library_packages.toml` next to this file lists the packages. Each is downloaded as a wheel into FOLDER
(unless it exists there), unpacked, and analysed by our own engine; no code of it is run. A string that starts
with one of a package's `prefixes` counts as a variable if it is a whole literal. Variables that only the
documentation mentions are in the list, each with the URL. The result is
server/configvars/catalog/libraries.json.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from configvars.catalog import lookup, never_missing
from configvars.model import Access
from configvars.text import LineIndex
from configvars.workspace import Workspace

HERE = Path(__file__).parent
CATALOGUE = HERE.parent / "server" / "configvars" / "catalog" / "libraries.json"
LIST = HERE / "library_packages.toml"
_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_LITERAL = re.compile(r"(?<![\w'\"])['\"]([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)['\"]")
_NOT_THE_LIBRARY = re.compile(
    r"(^|/)(_?tests?|testing|examples?|benchmarks?|docs?|_?vendor(ed)?|setup\.py|conftest\.py)(/|$)|test_\w+\.py$|_test\.py$"
)


def main() -> int:
    """Analyse the packages that are named, or all, and write the catalogue; return the exit status."""
    folder, named = Path(sys.argv[1]), sys.argv[2:]
    listed: dict[str, dict[str, Any]] = tomllib.loads(LIST.read_text("utf-8"))
    tables: dict[str, object] = json.loads(CATALOGUE.read_text("utf-8")) if named else {}
    for package in named or listed:
        try:
            tables[package] = _collected(package, listed[package], folder, frozenset(listed))
        except (OSError, ValueError, StopIteration, subprocess.CalledProcessError) as error:
            sys.stderr.write(f"{package}: {type(error).__name__}: {error}\n")
            continue
        sys.stderr.write(f"{package}: read\n")
    CATALOGUE.write_text(json.dumps(dict(sorted(tables.items())), indent=1) + "\n", "utf-8")
    return 0


def _collected(
    package: str, options: dict[str, Any], folder: Path, known: frozenset[str]
) -> dict[str, object]:
    """The entry of one package in the catalogue."""
    source = _unpacked(package, folder)
    metadata = HeaderParser().parsestr(
        next(source.glob("*.dist-info/METADATA")).read_text("utf-8", "replace")
    )
    required = (each for each in metadata.get_all("Requires-Dist") or () if "extra ==" not in each)
    needs = {_normal(re.split(r"[^\w.-]", each)[0]) for each in required}
    return {
        "version": metadata["Version"],
        **({"called": options["called"]} if "called" in options else {}),
        "imports": options.get("imports", _modules(source)),
        "needs": sorted(needs & known),
        "names": dict(
            sorted({**_names(source, options.get("prefixes", [])), **options.get("documented", {})}.items())
        ),
    }


def _unpacked(package: str, folder: Path) -> Path:
    """The folder with the files of a package's wheel, which is downloaded if necessary."""
    target = folder / "unpacked" / package
    if not target.exists():
        wheels = folder / "wheels"
        wheel = next(_wheels(package, wheels), None)
        if wheel is None:
            pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-q", "--no-deps"]
            subprocess.run([*pip, "--only-binary", ":all:", "-d", str(wheels), package], check=True)
            wheel = next(_wheels(package, wheels))
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(target, [n for n in archive.namelist() if n.endswith((".py", "METADATA"))])
    return target


def _wheels(package: str, wheels: Path) -> Iterator[Path]:
    return (each for each in wheels.glob("*.whl") if _normal(each.name.split("-")[0]) == package)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _modules(source: Path) -> list[str]:
    return sorted(each.stem for each in source.iterdir() if not each.name.endswith((".dist-info", ".data")))


def _names(source: Path, prefixes: list[str]) -> dict[str, str]:
    """The variables that the package's code reads, each with the first place as `path:line`."""
    found: dict[str, str] = {}
    workspace = Workspace(str(source))
    for _ in workspace.load():
        pass
    for path, facts in sorted(workspace.project().index.files.items()):
        inner = Path(path).relative_to(source).as_posix()
        if facts.kind != "python" or _NOT_THE_LIBRARY.search(inner):
            continue
        lines = LineIndex(Path(path).read_text("utf-8", "replace"))
        for read in facts.references:
            if (
                read.variable.scope == "env"
                and read.access is not Access.WRITE
                and _counts(read.variable.name)
            ):
                found.setdefault(read.variable.name, f"{inner}:{lines.position(read.span.start).line + 1}")
    if prefixes:
        found = {**_literals(source, tuple(prefixes)), **found}
    return found


def _literals(source: Path, prefixes: tuple[str, ...]) -> dict[str, str]:
    """The string literals that start with one of the prefixes, each with the first place as `path:line`."""
    found: dict[str, str] = {}
    for path in sorted(source.rglob("*.py")):
        inner = path.relative_to(source).as_posix()
        if _NOT_THE_LIBRARY.search(inner):
            continue
        text = path.read_text("utf-8", "replace")
        for each in _LITERAL.finditer(text):
            if each[1].startswith(prefixes) and _counts(each[1]):
                found.setdefault(each[1], f"{inner}:{text.count(chr(10), 0, each.start()) + 1}")
    return found


def _counts(name: str) -> bool:
    """Whether the name belongs to the library: it has an underscore, and is not known for another reason."""
    known = lookup(name)
    elsewhere = never_missing(name) or (known is not None and known.kind != "addon")
    return _NAME.fullmatch(name) is not None and not elsewhere


if __name__ == "__main__":
    sys.exit(main())
