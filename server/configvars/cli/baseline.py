"""The baseline: known findings in a file that an earlier `check --output-format json` wrote."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable

from configvars import shell_quoting
from configvars.cli.errors import CannotRun
from configvars.cli.identity import Identity, identity
from configvars.cli.report import Diagnostic
from configvars.workspace.reading import Unread, read_text

_HOW = "configvars check --exit-zero --output-format json"
_MAX_SIZE = 64 * 1024 * 1024


def read_baseline(path: str, cwd: str) -> Counter[Identity]:
    """How often the baseline contains each finding; raises `CannotRun` if the file is not a baseline."""
    absolute = os.path.normpath(os.path.join(cwd, path))
    file = read_text(absolute, os.path.dirname(absolute), _MAX_SIZE, python=False)
    if isinstance(file, Unread):
        hint = f" Write it with `{_HOW} > {shell_quoting.path(path)}`." if file.missing else ""
        raise CannotRun(f"The baseline {path} {file.why}.{hint}")
    try:
        findings = json.loads(file.text)["findings"]
        return Counter((str(f["check"]), str(f["path"]), str(f["variable"] or "")) for f in findings)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CannotRun(f"The baseline {path} is not what `{_HOW}` writes.") from None


def unknown(diagnostics: Iterable[Diagnostic], known: Counter[Identity]) -> list[Diagnostic]:
    """The diagnostics that the baseline does not contain; of identical ones, as many as are new."""
    left = known.copy()
    new = []
    for found in diagnostics:
        same = identity(found)
        if left[same] > 0:
            left[same] -= 1
        else:
            new.append(found)
    return new
