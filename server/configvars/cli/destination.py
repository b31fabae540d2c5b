"""Where a report goes: to stdout, or to the file that `--output-file` names."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping

from msgspec import Struct

from configvars.cli.errors import CannotRun
from configvars.cli.terminal import Style, style_for
from configvars.workspace import WriteRefused
from configvars.workspace.writing import write_report as write_file


class Destination(Struct, frozen=True):
    """The file of a report, or stdout if there is none, and its text style."""

    path: str | None
    style: Style

    def write(self, text: str) -> None:
        """Write a complete report."""
        if self.path is None:
            sys.stdout.write(text)
            return
        try:
            write_file(self.path, text)
        except WriteRefused as why:
            raise CannotRun(
                f"The report was not written to {self.path}: {self._obstacle() or why}."
            ) from None

    def write_json(self, document: Mapping[str, object]) -> None:
        """Write a complete report as JSON."""
        self.write(f"{json.dumps(document, indent=2)}\n")

    def _obstacle(self) -> str:
        """Why no file can be at the path; empty if that is not the reason."""
        if os.path.isdir(self.path or ""):
            return "it is a folder"
        folder = os.path.dirname(self.path or "")
        return "" if os.path.isdir(folder or ".") else f"the folder {folder} does not exist"


def destination(args: argparse.Namespace) -> Destination:
    """Where the report of a command goes."""
    style = Style(colour=False) if args.output_file else style_for(sys.stdout, os.environ)
    return Destination(args.output_file, style)
