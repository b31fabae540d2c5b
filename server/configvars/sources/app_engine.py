"""Google App Engine's `app.yaml`: the variables and the program of a deployed app.

https://cloud.google.com/appengine/docs/standard/reference/app-yaml: `env_variables`, `entrypoint`.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example, FileFacts, Start
from configvars.sources.base import Source
from configvars.sources.compose import presets_in
from configvars.sources.mentions import mentioned
from configvars.sources.starts import starts_of, starts_within
from configvars.syntax.yaml import Yaml, parse_yaml


def _analyze(path: str, text: str) -> FileFacts:
    return FileFacts(
        path, "mentions", starts=starts_within(_starts(parse_yaml(text))), mentions=mentioned(text)
    )


def _starts(root: Yaml | None) -> Iterator[Start]:
    """The program of an app; other tools have files of this name, too, but without `runtime`."""
    if root is None or root.get("runtime") is None:
        return
    given = tuple(presets_in(root.get("env_variables")))
    command = root.get("entrypoint")
    found = list(starts_of(command.text or "", command.span, "platform", given)) if command else []
    yield from found
    if given and not found:
        yield Start("App Engine", given[0].span, "platform", given=given)


APP_ENGINE = Source(
    name="app-engine",
    matches=lambda name: name in ("app.yaml", "app.yml"),
    analyze=_analyze,
    examples=(
        Example("runtime: [\n", note="no YAML"),
        Example("env_variables:\n  A: 1\n", ("mentions A",), note="no file of App Engine"),
        Example("runtime: python312\nenv_variables:\n  A: 1\n", ("mentions A", "starts App Engine with A")),
        Example(
            "runtime: python312\nentrypoint: gunicorn -b :$PORT shop:app\nenv_variables:\n  KEY: x\n",
            ("mentions KEY", "mentions PORT", "starts gunicorn shop:app with KEY"),
        ),
    ),
)
