"""CI workflows (GitHub, GitLab): the variables that they set for the commands they run.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax: `env` of the workflow, a job and a
step. https://docs.gitlab.com/ci/yaml/: `variables` of all jobs and of one, `script`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from configvars.model import Example, FileFacts, Gift, Start
from configvars.sources.base import Source
from configvars.sources.compose import gifts_of
from configvars.sources.mentions import is_mentioning, mentioned
from configvars.sources.starts import label_of, starts_of
from configvars.syntax.yaml import Yaml, parse_yaml

_GITLAB = ".gitlab-ci.yml"


def _matches(name: str) -> bool:
    return name.endswith((".yml", ".yaml")) and is_mentioning(name)


def _analyze(path: str, text: str) -> FileFacts:
    """Whether a YAML file is a workflow, according to its content, because its folder is not known here."""
    starts: Iterable[Start] = ()
    kind = "workflow"
    if path.endswith(_GITLAB):
        starts = _of_gitlab(parse_yaml(text))
    elif "jobs:" in text and "steps:" in text:
        starts = _of_github(parse_yaml(text))
    else:
        kind = "mentions"
    return FileFacts(path, kind, starts=tuple(starts), mentions=mentioned(text))


def _of_github(root: Yaml | None) -> Iterator[Start]:
    if root is None:
        return
    given = tuple(gifts_of(root.get("env")))
    jobs = root.get("jobs")
    for name, job in jobs.pairs if jobs is not None else ():
        of_job = (*given, *gifts_of(job.get("env")))
        yield from _job(name, of_job, job.items_of("steps"))


def _job(name: Yaml, given: tuple[Gift, ...], steps: tuple[Yaml, ...]) -> Iterator[Start]:
    for step in steps:
        command = step.get("run")
        gifts = (*given, *gifts_of(step.get("env")))
        found = list(starts_of(command.text or "", command.span, "ci", gifts)) if command is not None else []
        yield from (replace(start, given=gifts) for start in found)
        if not found and len(gifts) > len(given):
            yield Start(label_of("job", name.text), name.span, "ci", given=gifts)
    if given and not steps:
        yield Start(label_of("job", name.text), name.span, "ci", given=given)


def _of_gitlab(root: Yaml | None) -> Iterator[Start]:
    if root is None:
        return
    given = tuple(gifts_of(root.get("variables")))
    for name, job in root.pairs:
        gifts = (*given, *gifts_of(job.get("variables")))
        script = job.get("script")
        for line in script.texts() if script is not None else ():
            yield from starts_of(line.text or "", line.span, "ci", gifts)
        if gifts and script is not None:
            yield Start(label_of("job", name.text), name.span, "ci", given=gifts)


WORKFLOW = Source(
    name="workflow",
    matches=_matches,
    analyze=_analyze,
    examples=(
        Example("jobs: [steps: x]\n", note="no jobs with steps"),
        Example("a: 1\n", note="another YAML file"),
        Example(
            "env:\n  A: 1\njobs:\n  test:\n    steps:\n      - run: pytest\n        env:\n          B: ''\n          C: x\n",
            ("mentions A", "mentions B", "mentions C", "starts pytest with A C"),
        ),
    ),
)
