"""not-git-ignored: the next `git add` would include an env file."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.env_secrets import called, private_file
from configvars.checks.subjects import Subject
from configvars.model import Command, Example, FileFacts, Finding, Fix, Severity
from configvars.project import Project
from configvars.sources.env_names import copies_of_editors
from configvars.text import WHOLE_FILE

NAME = "not-git-ignored"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    path = private_file(facts, project)
    if path is None or not path.startswith(os.path.join(project.root, "")):
        return
    said = called(path, facts, project)
    copies = {
        copy: f"{project.relative(copy)}, an editor's copy of {said}," for copy in copies_of_editors(path)
    }
    for each, words in {path: said, **copies}.items():
        exists = each == path or project.is_file(each)
        if exists and not project.tracked_by_git(each) and project.ignored_by_git(each) is False:
            yield _finding(each, words, facts.path)


def _finding(path: str, words: str, shown_in: str) -> Finding:
    message = f"{words} is not ignored by git: the next commit may publish it"
    command = Command("configvars.addToGitignore", {"path": path})
    fix = Fix(f"Add {os.path.basename(path)} to .gitignore", command=command, preferred=True)
    return Finding(NAME, Severity.WARNING, message, shown_in, WHOLE_FILE, fixes=(fix,))


NOT_GIT_IGNORED = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="An env file is not ignored by git.",
    what="""\
The file is in a git repository, is not tracked yet, and is covered by no `.gitignore` at any level, nor by
`.git/info/exclude` or the global excludes file. Templates and `.flaskenv` are meant to be shared and are
not reported. Env files for tests or for all developers are reported only if a value looks like a secret.
Of a symbolic link in the folder, its target is judged. Copies that Emacs and Vim keep next to an env file (`.env~`,
`#.env#`, `.env.swp`), which the line `.env` in `.gitignore` does not cover, are reported at the env file.
configvars reads git's files and does not run git.""",
    why="""\
`git add .` would add it. A secret that was pushed once must be considered public and has to be replaced.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example("-- .env --\nA=1\n", note="not in a git repository"),
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\n.env\n-- .env --\nA=1\n", note="ignored"
        ),
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\n.env*\n*~\n\\#*\n-- .env --\nA=1\n-- .env~ --\nA=1\n"
            "-- #.env# --\nA=1\n-- .env.swp --\nA=1\n-- notes~ --\nA=1\n-- .env.example~ --\nA=\n",
            note="ignored copies",
        ),
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .env.example --\nA=1\n-- .env.example~ --\nA=1\n-- .flaskenv --\nB=1\n",
            note="meant to be shared",
        ),
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .env.test --\nDEBUG=1\n",
            note="no value looks like a secret",
        ),
        Example(
            '-- .git/HEAD --\nref: refs/heads/main\n-- .env --\nAPI_TOKEN="encrypted:BNotARealOne"\n',
            note="dotenvx has encrypted it",
        ),
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\n/shared\n-- shared/.env --\nA=1\n-- .env -> shared/.env --\n",
            note="a symbolic link: git stores only its path",
        ),
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .env.example --\nA=1\n-- .env -> .env.example --\n",
            note="a link to a template",
        ),
    ),
    examples=(
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .env --\nA=1\n",
            (
                ".env:1:1 warning .env is not ignored by git: the next commit may publish it [fix: Add .env to .gitignore]",
            ),
        ),
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .env.test --\nAPI_TOKEN=h4-rTz8!w\n",
            (
                ".env.test:1:1 warning .env.test is not ignored by git: the next commit may publish it [fix: Add .env.test to .gitignore]",
            ),
            "a secret",
        ),
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .env.test --\n"
            'K="-----BEGIN A-----\nMIIEvQIBADANBgkqhkiG9w0BAQ8\n-----END A-----\n',
            (
                ".env.test:1:1 warning .env.test is not ignored by git: the next commit may publish it [fix: Add .env.test to .gitignore]",
            ),
            "a key without its closing quote",
        ),
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\n.env\n-- config/secrets --\nA=1\n"
            "-- .env -> config/secrets --\n",
            (
                ".env:1:1 warning config/secrets, which .env links to, is not ignored by git: the next commit may publish it [fix: Add secrets to .gitignore]",
            ),
            "the target of a link, which has another name",
        ),
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\n.env\n-- .env --\nA=1\n-- .env~ --\nA=1\n"
            "-- .env.swp --\nA=1\n",
            (
                ".env:1:1 warning .env~, an editor's copy of .env, is not ignored by git: the next commit may publish it [fix: Add .env~ to .gitignore]",
                ".env:1:1 warning .env.swp, an editor's copy of .env, is not ignored by git: the next commit may publish it [fix: Add .env.swp to .gitignore]",
            ),
            "copies that an editor keeps",
        ),
    ),
)
