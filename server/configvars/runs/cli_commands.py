"""Commands of click and Flask, such as `@app.cli.command("seed")`: their code runs only by a command."""

from __future__ import annotations

import os
import re

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.givers import is_test
from configvars.runs.shell_writes import shell_texts
from configvars.syntax.python import Node
from configvars.text import Span

_COMMAND = lazy_pattern(r"@(?:[\w.]+\.cli|click)\.(?:command|group)\b")
_NAME = lazy_pattern(r"\(\s*(?:name\s*=\s*)?[\"']([\w-]+)[\"']")
# Lines that do not run a command.
_DECORATES = lazy_pattern(r"\s*(?:@|def |async def |from |import |#)")
_RUNNING = ("app.json", "heroku.yml", "bin/pre_compile", "bin/post_compile")


def command_not_run(project: Project, path: str, span: Span) -> str:
    """The name of the command around a place that nothing on Heroku runs; empty if there is none."""
    if not _COMMAND.search(project.text_of(path) or ""):
        return ""
    tree = project.tree_of(path)
    node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    while node is not None:
        definition = node.child_by_field_name("definition") if node.type == "decorated_definition" else None
        if definition is not None and definition.type == "function_definition":
            decorators = [tree.source(each) for each in node.named_children if each.type == "decorator"]
            command = next((each for each in decorators if _COMMAND.match(each)), None)
            if command is not None and _starts_in(definition, tree.byte(span.start)):
                name = definition.child_by_field_name("name")
                return _not_run(project, path, command, tree.source(name) if name is not None else "")
        node = node.parent
    return ""


def _starts_in(definition: Node, byte: int) -> bool:
    """Whether a place is in the body of a function; its defaults and decorators run with the module."""
    body = definition.child_by_field_name("body")
    return body is not None and body.start_byte <= byte < body.end_byte


def _not_run(project: Project, path: str, decorator: str, function: str) -> str:
    found = _NAME.search(decorator)
    name = found[1] if found else function.lower().replace("_", "-")
    home = home_of(path, project.index.files, project.root)
    texts = [project.text_of(os.path.join(home, each)) or "" for each in _RUNNING]
    texts += [text for _, text in shell_texts(project, path)]
    names = {name, function, name.replace("-", "_"), function.removesuffix("_command").replace("_", "-")}
    word = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])")
    if any(word.search(text) for text in texts) or _is_called(project, function, word):
        return ""
    return name


def _is_called(project: Project, function: str, word: re.Pattern[str]) -> bool:
    """Whether code calls the function of a command, or may run the command by its name."""
    use = re.compile(
        rf"(?<!def )(?<!add_command\()(?<![\w]){re.escape(function)}\b(?!\s+import)"
        rf"|\b(?:flask|invoke|run|system|Popen|call|args)\b[^\n]*{word.pattern}"
    )
    for path in project.code.paths():
        text = project.text_of(path) or ""
        lines = (line for line in text.splitlines() if not _DECORATES.match(line))
        if function in text and not is_test(project, path) and any(map(use.search, lines)):
            return True
    return False
