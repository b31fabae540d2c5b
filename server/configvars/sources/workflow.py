"""CI workflows (GitHub, GitLab): the variables that they set for the commands they run.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax: `env` of the workflow, a job and a
step. https://docs.gitlab.com/ci/yaml/: `variables` of all jobs and of one, `script`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from msgspec.structs import replace

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.patterns import lazy_pattern
from configvars.slices import result
from configvars.sources.base import Source
from configvars.sources.compose import presets_in
from configvars.sources.mentions import analyzing, is_mentioning, mentioned
from configvars.sources.starts import gifts_within, label_of, starts_of, starts_within
from configvars.syntax.yaml import Yaml, parsing_yaml

# `echo "NAME=value" >> $GITHUB_ENV`; on Windows, `"NAME=value" | Out-File -FilePath $env:GITHUB_ENV`.
_ADDED = lazy_pattern(r"""["' ](?P<name>[A-Za-z_][A-Za-z0-9_]*)=[^\n]*GITHUB_ENV""")
_GITLAB = ".gitlab-ci.yml"


def _matches(name: str) -> bool:
    return name.endswith((".yml", ".yaml")) and is_mentioning(name)


def _analyzing(path: str, text: str) -> Generator[None, None, FileFacts]:
    """Whether a YAML file is a workflow, according to its content, because its folder is not known here."""
    starts: Iterable[Start]
    if path.endswith(_GITLAB):
        starts = _of_gitlab((yield from parsing_yaml(text)))
    elif "jobs:" in text and "steps:" in text:
        starts = _of_github((yield from parsing_yaml(text)))
    else:
        return (yield from analyzing(path, text))
    return FileFacts(path, "workflow", starts=starts_within(starts), mentions=mentioned(text))


def _of_github(root: Yaml | None) -> Iterator[Start]:
    if root is None:
        return
    given = gifts_within(presets_in(root.get("env")))
    jobs = root.get("jobs")
    for name, job in jobs.pairs if jobs is not None else ():
        of_job = _more(given, job.get("env"))
        yield from _job(name, of_job, job.items_of("steps"))


def _job(name: Yaml, given: tuple[PresetVariable, ...], steps: tuple[Yaml, ...]) -> Iterator[Start]:
    for step in steps:
        command = step.get("run")
        gifts = _more(given, step.get("env"))
        added = tuple(_added(command))
        found = list(starts_of(command.text or "", command.span, "ci", gifts)) if command is not None else []
        yield from (replace(start, given=gifts) for start in found)
        if not found and len(gifts) > len(given):
            yield Start(label_of("job", name.text), name.span, "ci", given=gifts)
        if added:
            given = gifts_within((*given, *added))
            yield Start(label_of("job", name.text), name.span, "ci", given=given)
    if given and not steps:
        yield Start(label_of("job", name.text), name.span, "ci", given=given)


def _added(command: Yaml | None) -> Iterator[PresetVariable]:
    """The variables that a step adds to the file in `$GITHUB_ENV`: they are set in the steps after it."""
    text = command.text if command is not None else None
    if command is not None and text and "GITHUB_ENV" in text:
        for found in _ADDED.finditer(text):
            yield PresetVariable(found["name"], command.span)


def _of_gitlab(root: Yaml | None) -> Iterator[Start]:
    if root is None:
        return
    given = gifts_within(presets_in(root.get("variables")))
    for name, job in root.pairs:
        gifts = _more(given, job.get("variables"))
        script = job.get("script")
        for line in script.texts() if script is not None else ():
            yield from starts_of(line.text or "", line.span, "ci", gifts)
        if gifts and script is not None:
            yield Start(label_of("job", name.text), name.span, "ci", given=gifts)


def _more(given: tuple[PresetVariable, ...], environment: Yaml | None) -> tuple[PresetVariable, ...]:
    own = tuple(presets_in(environment))
    return gifts_within((*given, *own)) if own else given


WORKFLOW = Source(
    name="workflow",
    matches=_matches,
    analyze=lambda path, text: result(_analyzing(path, text)),
    in_slices=_analyzing,
    examples=(
        Example("jobs: [steps: x]\n", note="no jobs with steps"),
        Example("a: 1\n", note="another YAML file"),
        Example(
            "env:\n  A: 1\njobs:\n  test:\n    steps:\n      - run: pytest\n        env:\n          B: ''\n          C: x\n",
            ("mentions A", "mentions B", "mentions C", "starts pytest with A C"),
        ),
        Example(
            'jobs:\n  test:\n    steps:\n      - run: pytest\n      - run: echo "a=1" >> $GITHUB_ENV\n      - run: pytest\n',
            ("mentions GITHUB_ENV", "starts pytest", "starts job test with a", "starts pytest with a"),
            note="a variable for the steps after it",
        ),
    ),
)
