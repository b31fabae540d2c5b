"""`configvars diff`: where each variable of a folder is set, side by side.

Values are compared, never shown.
"""

from __future__ import annotations

import argparse

from configvars.checks.wording import joined
from configvars.cli.apps import ask_known
from configvars.cli.destination import destination
from configvars.cli.named import PipelineName
from configvars.cli.opening import Opener, project_of
from configvars.cli.targets import current_folder, folder, targets
from configvars.cli.terminal import Style, table
from configvars.features.drift import ENV_FILES, Cell, Drift, Row, drift
from configvars.features.unread_code import sentences
from configvars.model import Need
from configvars.printable import printable


def run(args: argparse.Namespace) -> int:
    """Compare; returns 1 if a required variable is missing somewhere."""
    cwd = current_folder()
    asked, root = _folders(args.path, cwd)
    apps = ask_known(args.apps, root, Opener(args.config, args.isolated).heroku_timeout(root))
    found = drift(project_of(args, root, apps, cwd), "" if asked == root else asked)
    in_pipeline = any(isinstance(word, PipelineName) for word in args.apps)
    unlisted = _unlisted(found) if in_pipeline else []
    where = destination(args)
    if args.output_format == "json":
        document = as_json(found)
        where.write_json({**document, "not_in_app_json": unlisted} if in_pipeline else document)
    else:
        review = f"{_REVIEW}{printable(', '.join(unlisted))}.\n" if unlisted else ""
        where.write(as_text(found, where.style) + review)
    return int(found.drifts)


def _folders(path: str | None, cwd: str) -> tuple[str, str]:
    """The folder that was named, and its project, whose env files count; without a path, both the project."""
    named = folder(path, cwd)
    target = targets([named] if path is not None else [], cwd)[0]
    return (target.asked[0] if path is not None else target.root), target.root


_REVIEW = (
    "Review apps get what app.json lists and what is set for them in the pipeline; app.json does not list "
)


def _unlisted(found: Drift) -> list[str]:
    """The required variables that an existing app.json does not list: review apps start without them.

    Variables of add-ons are left out, because the add-on sets them.
    """
    listing = [place for place, column in enumerate(found.columns) if column.kind == "app.json"]
    return [
        row.name
        for row in found.rows
        if listing
        and row.need is Need.REQUIRED
        and not row.given
        and all(row.cells[place].state == "missing" for place in listing)
        and not any(cell.addon for cell in row.cells)
    ]


def as_json(found: Drift) -> dict[str, object]:
    """The matrix as JSON; the cells of a row are in the order of the columns."""
    return {
        "version": 1,
        "columns": [{"kind": column.kind, "name": column.name} for column in found.columns],
        "rows": [_row(row) for row in found.rows],
        "skipped": list(found.skipped),
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "name": row.name,
        "need": row.need,
        "given": row.given,
        "cells": [{"state": cell.state, "addon": cell.addon} for cell in row.cells],
        "missing": list(row.missing),
        "maybe": list(row.maybe),
    }


def as_text(found: Drift, style: Style) -> str:
    """The matrix as a table, and a sentence for each required variable that is missing."""
    skipped = sentences(found.skipped)
    if not found.rows:
        return "".join(f"{printable(line)}\n" for line in ["No config vars found.", *skipped])
    headers = ("NAME", "CODE", *(column.name for column in found.columns))
    rows = [(row.name, row.need or "-", *(_cell(cell, row) for cell in row.cells)) for row in found.rows]
    lacking = [_lacking(row) for row in found.rows if row.missing]
    if lacking and not any(column.kind == "env-file" for column in found.columns):
        lacking.append("There is no env file here.")
    lacking += [
        f"{row.name} may be set by {joined((found.unread.get(path, path) for path in row.maybe), 'or')}."
        for row in found.rows
        if row.maybe
    ]
    said = lacking or [f"Nothing that the {'other ' if skipped else ''}code needs is missing."]
    return table(headers, rows, style) + "\n" + "".join(f"{printable(line)}\n" for line in [*said, *skipped])


def _lacking(row: Row) -> str:
    """Where a variable is missing, and the env files that contain only its name."""
    said = f"{row.name} is missing from {joined(row.missing, 'and')}"
    bare = f": {joined(row.bare, 'and')} has only the name, without =" if ENV_FILES in row.missing else ""
    return f"{said}{bare if row.bare else ''}."


def _cell(cell: Cell, row: Row) -> str:
    if cell.state == "unknown":
        return "?"
    if cell.state == "missing":
        return "(platform)" if row.given else "-"
    if cell.state == "declared":
        return "listed"
    return f"{cell.state} ({cell.addon})" if cell.addon else cell.state
