"""No answer to an editor contains a value, wherever the cursor is."""

from __future__ import annotations

from configvars.features.code_actions import code_actions
from configvars.features.code_lens import code_lens
from configvars.features.completion import completion
from configvars.features.definition import definition
from configvars.features.document_highlight import document_highlight
from configvars.features.document_links import document_links
from configvars.features.document_symbols import document_symbols
from configvars.features.folding import folding
from configvars.features.hover import hover
from configvars.features.inlay_hints import inlay_hints
from configvars.features.references import references
from configvars.features.rename import RenameRefused, rename
from configvars.features.semantic_tokens import semantic_tokens
from configvars.features.workspace_symbols import workspace_symbols
from configvars.text import Span

FILES = """\
-- heroku:shop --
A=canary-1
B=canary-x
-- app.json --
{"env": {"A": {"value": "canary-2"}, "C": "canary"}, "scripts": {"postdeploy": "x $A"}}
-- Procfile --
web: run $A
-- .env.example --
A=canary-3
-- .env --
# Section with old A=canary-1

# was: A=canary-5
A=canary-1
B='canary ${A}'
A=canary-4
BAD canary
FLASK_DEBUG=False
-- app.py --
import os
os.environ["A"]; os.getenv('B'); int(os.getenv("ZZ"))
"""
AT_A_PLACE = (completion, hover, definition, document_highlight)
OF_A_FILE = (document_symbols, folding, code_lens, document_links, semantic_tokens)


def answers(it, path):
    project = it.project
    length = len(project.text_of(path))
    for offset in range(length + 1):
        yield from (ask(project, path, offset) for ask in AT_A_PLACE)
        yield references(project, path, offset, declarations=True)
        for action in code_actions(project, path, Span(offset, offset)):
            yield action.fix.title, action.fix.command, [finding.message for finding in action.findings]
        try:
            yield rename(project, path, offset, "NEW")
        except RenameRefused as why:
            yield str(why)
    yield from (ask(project, path) for ask in OF_A_FILE)
    yield inlay_hints(project, path, Span(0, length))
    yield from (finding.message for finding in it.workspace.findings(path))


def test_no_answer_contains_a_value(project):
    it = project(FILES)
    count = 0
    for path in it.project.index.files:
        for answer in answers(it, path):
            assert "canary" not in repr(answer)
            count += 1
    assert count > 1000
    assert "canary" not in repr(workspace_symbols(it.project, ""))
