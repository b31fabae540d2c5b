"""`check --statistics`: the number of findings for each check."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from configvars.checks import CHECKS
from configvars.cli.report import Diagnostic
from configvars.cli.terminal import Style, table

FORMATS = ("text", "json")


def write(found: Sequence[Diagnostic], style: Style, output_format: str, *, quiet: bool = False) -> str:
    """The checks that found something, those with the most findings first; with `quiet`, nothing for none."""
    counts = Counter(each.check for each in found)
    fixable = Counter(each.check for each in found if each.fixable)
    order = sorted(counts, key=lambda name: (-counts[name], name))
    if output_format == "json":
        rows = [{"check": name, "count": counts[name], "fixable": fixable[name]} for name in order]
        return json.dumps({"version": 1, "statistics": rows}, indent=2) + "\n"
    if not counts:
        return "" if quiet else "Nothing found.\n"
    summaries = {check.name: check.summary for check in CHECKS}
    cells = [(str(counts[name]), str(fixable[name] or "-"), name, summaries.get(name, "")) for name in order]
    return table(("COUNT", "FIXABLE", "CHECK", "WHAT IT FINDS"), cells, style)
