"""The output formats of `check`, one in each file."""

from __future__ import annotations

from collections.abc import Mapping

from configvars.cli.formats import concise, github, gitlab, json, junit, markdown, sarif, text
from configvars.cli.report import Format

FORMATS: Mapping[str, Format] = {
    "text": text.write,
    "concise": concise.write,
    "json": json.write,
    "github": github.write,
    "sarif": sarif.write,
    "junit": junit.write,
    "gitlab": gitlab.write,
    "markdown": markdown.write,
}
