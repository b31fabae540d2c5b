"""bare-name: a name alone in an env file sets nothing."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.fixes import MOST_FIXES, first_broken, replace_text, value_given
from configvars.checks.subjects import Subject
from configvars.index import LocatedDefinition
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.runs.givers import gives
from configvars.runs.loaded import is_loaded, is_passed_on_by_compose
from configvars.sources.dotenv import KIND

NAME = "bare-name"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    for problem in facts.problems:
        if problem.check == NAME:
            yield Finding(NAME, Severity.INFORMATION, problem.message, facts.path, problem.span)
    bare = [d for d in facts.definitions if d.value is None and not d.declaration]
    if facts.kind != KIND or not bare or is_passed_on_by_compose(project, facts.path):
        return
    if _is_list_of_names(facts, project):
        return
    bare = [each for each in bare if not gives(project, LocatedDefinition(facts.path, each))]
    text, broken = project.text_of(facts.path) or "", first_broken(facts)
    last = {definition.variable: definition for definition in facts.definitions}
    for number, definition in enumerate(bare):
        name = definition.variable.name
        mendable = number < MOST_FIXES and definition is last[definition.variable]
        edit = value_given(text, definition.statement, "", broken) if mendable else None
        yield Finding(
            NAME,
            Severity.INFORMATION,
            f"{name} is not set: a name without = sets no value",
            facts.path,
            definition.span,
            definition.variable,
            (replace_text(facts.path, edit, f"Set {name} to an empty value"),) if edit else (),
        )


def _is_list_of_names(facts: FileFacts, project: Project) -> bool:
    """Whether a file sets no variable and nothing loads it: a script reads which names there should be."""
    return all(each.value is None for each in facts.definitions) and not is_loaded(project, facts.path)


BARE_NAME = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="A line with a name but no equals sign does not set the variable.",
    what="""\
python-dotenv reads a line that is only `FOO` as a name without a value and does not put it into the
environment. In a template, a name alone is a valid way to list a variable, so nothing is reported there.
It is not reported either in a `.env` that only `heroku local` reads, because that sets an empty value, in a
file that only `env_file` in a Compose file names, because Compose takes the value from its own environment,
nor in a file with nothing but names that nothing loads, because that is a list for a script.""",
    why="""\
`os.environ["FOO"]` fails although the file has a line for it. Under `flask run`, a name alone in `.env`
even removes the value that `.flaskenv` sets. Other tools differ: `heroku local` sets the variable to an
empty value. A line that is not an upper-case name may be a password or part of the value above it, so its
text is not shown.""",
    run=_run,
    about=Subject.ENV_FILE | Subject.PROBLEMS,
    silent=(
        Example("-- .env --\nA=\nB=''\n# C\n", note="empty values"),
        Example("-- .env.example --\nA\n", note="a template"),
        Example("-- .env --\nKEY\n-- Procfile --\nweb: python app.py\n", note="only for `heroku local`"),
        Example(
            "-- web.env --\nKEY\n-- compose.yaml --\nservices:\n  web:\n    build: .\n    env_file: web.env\n",
            note="only for Compose",
        ),
        Example(
            "-- ci/required.env --\nA\nB\n-- app.py --\nimport os\nos.environ['A']\n", note="a list of names"
        ),
    ),
    examples=(
        Example(
            "-- .env --\nA\nB=1\n",
            (
                ".env:1:1 information A is not set: a name without = sets no value [fix: Set A to an empty value]",
            ),
        ),
        Example(
            "-- .env --\nexport A\n'B' # c\n",
            (
                ".env:1:8 information A is not set: a name without = sets no value [fix: Set A to an empty value]",
                ".env:2:2 information B is not set: a name without = sets no value [fix: Set B to an empty value]",
            ),
        ),
        Example(
            "-- web.env --\nA\n-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv('web.env')\n",
            (
                "web.env:1:1 information A is not set: a name without = sets no value [fix: Set A to an empty value]",
            ),
            "only names, but the code loads them",
        ),
        Example(
            "-- .env --\nhunter2\n",
            (".env:1:1 information This line sets nothing, because it has no =",),
            "possibly a password, so it is not shown",
        ),
        Example(
            "-- .env --\nCERT=MIIEvQIBADANBgkqhkiG9w0BAQEFAASCMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASCMIIEvQ8Bq2\nx9=\n",
            (
                ".env:2:1 information This line sets nothing. If it continues the value above, that value needs quotes",
            ),
            "base64 over several lines",
        ),
    ),
)
