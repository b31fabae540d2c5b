"""What Flask and its extensions do with generated apps, compared with what the checks report about them."""

from __future__ import annotations

import ast
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configvars.checks import CHECKS, run_checks
from configvars.flask.apps import effective_apps
from configvars.flask.needs import needed_reads
from configvars.flask_model import ValueKind
from configvars.model import Need
from oracles.flask_programs import BELOW, MAIN, STEPS, USES, program
from oracles.harness import Child, child
from support.projects import Opened, opened

pytestmark = pytest.mark.slow

CLAIMS = [
    check for check in CHECKS if check.name in ("unset-config-key", "required-config-key", "missing-variable")
]
# Errors that the configuration causes; others are the app's own.
_OF_CONFIGURATION = re.compile(
    r"KeyError: '[A-Z_]+'|AttributeError: 'Config'|secret.key|JWT_SECRET_KEY|DATABASE_URI"
    r"|does not specify a sender"
    # What templates do with a key of the wrong type is not analysed.
    r"|UndefinedError: (?!'(?:bool|int|list|str) object')"
)
KINDS: Mapping[str, ValueKind] = {
    "NoneType": "none", "int": "number", "bool": "bool", "str": "text", "list": "list", "dict": "dict",
    "bytes": "bytes",
}  # fmt: skip
COUNTS: Counter[str] = Counter()


@pytest.fixture(scope="module")
def real() -> Iterator[Child]:
    with child("flask") as process:
        yield process
        said, unknown = COUNTS["fails, said"], COUNTS["fails, not known"]
        share = unknown / (said + unknown)
        print(f"{dict(COUNTS)}; of what fails, not known: {share:.0%}")
        assert share < 0.25, COUNTS


@dataclass(frozen=True)
class Told:
    """What is reported about an app: the findings that claim a failure, and its keys if it is closed.

    `in_doubt` are keys that a function sets for which no call was found.
    """

    claims: tuple[str, ...]
    is_closed: bool
    in_doubt: frozenset[str]
    kinds: Mapping[str, tuple[ValueKind, ...]]
    is_sure: Mapping[str, bool]


def told(files: Mapping[str, str]) -> Told:
    folder = Path(tempfile.mkdtemp(prefix="flask-app-"))
    try:
        text = "".join(f"-- {name} --\n{body}" for name, body in files.items())
        it = opened(folder, text)
        claims = tuple(_claims(it))
        (app,) = effective_apps(it.project)
        outcomes = {name: app.outcomes(name) for name in "ABCD"}
        return Told(
            claims,
            app.is_closed,
            frozenset(app.stray),
            {name: tuple(kind for one in found for kind in one.kinds) for name, found in outcomes.items()},
            {name: any(one.sure for one in found) for name, found in outcomes.items()},
        )
    finally:
        shutil.rmtree(folder)


def _claims(it: Opened) -> Iterator[str]:
    """The findings that claim that the app fails.

    A key that is needed only to sign sessions is required whether or not a session is changed, so such reads
    are left out.
    """
    for path, facts in sorted(it.project.index.files.items()):
        soft = {one.span for one in facts.references if one.need is not Need.REQUIRED}
        soft -= needed_reads(it.project, path).keys()
        for finding in run_checks(it.project, path, CLAIMS):
            is_missing = finding.check == "missing-variable" and finding.span not in soft
            if finding.severity.rank < 2 or is_missing:
                yield it.finding(finding)


apps = st.builds(
    program,
    st.lists(st.sampled_from(STEPS), max_size=4),
    st.sampled_from(USES),
    st.sampled_from(BELOW),
    factory=st.booleans(),
)


@settings(max_examples=80, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files=apps)
def test_reported_failures_happen_and_failures_are_reported_or_not_known(real: Child, files):
    said = told(files)
    run = real.load({**files, "app.py": files["app.py"] + MAIN})
    (keys,) = real.run([{"ASKED": "keys"}]) if not run.errors else (run,)
    if said.claims:
        assert run.errors, f"{said.claims}\n{files['app.py']}"
        COUNTS["fails, said"] += 1
    elif run.errors and _OF_CONFIGURATION.search(run.outcome):
        is_known = said.is_closed and not any(name in run.outcome for name in said.in_doubt)
        assert not is_known, f"{run.outcome}\n{files['app.py']}"
        COUNTS["fails, not known"] += 1
    else:
        COUNTS["runs, closed" if said.is_closed else "runs, not known"] += 1
    if not keys.errors and said.is_closed:
        held = ast.literal_eval(keys.outcome)
        for name in "ABCD":
            _compare(name, held.get(name), said, files["app.py"])


def _compare(name: str, held: str | None, said: Told, text: str) -> None:
    if held is None:
        assert not said.is_sure[name], f"{name} is not there\n{text}"
    else:
        kinds = {"text" if kind == "environment" else kind for kind in said.kinds[name]}
        assert KINDS[held] in kinds or "unknown" in kinds, f"{name} is a {held}, not {kinds}\n{text}"
