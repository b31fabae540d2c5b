"""What a condition about the running program itself evaluates to on an app: its arguments, and pytest."""

from __future__ import annotations

import operator
import os
import re
from collections.abc import Callable, Mapping

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.givers import is_test
from configvars.runs.heroku_processes import loading, processes_of
from configvars.runs.parsed_code import Code
from configvars.runs.shell_writes import shell_texts
from configvars.syntax.python import Node

_WORD = lazy_pattern(
    r"(?P<quote>[\"'])(?P<word>[\w.-]+)(?P=quote)\s*(?P<no>not\s*)?in\s*sys\.(?P<of>argv|modules)(?:\[1:\])?"
)
_IS_FIRST = lazy_pattern(r"sys\.argv\[1\]\s*==\s*(?P<quote>[\"'])(?P<word>[\w.-]+)(?P=quote)")
_COUNT = lazy_pattern(r"len\(sys\.argv\)\s*(?P<sign>[<>!=]=?)\s*(?P<number>\d)")
_SIGNS: Mapping[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
}
_PLAIN = lazy_pattern(r"(?:exec )?python[\d.]* (?:-u )?(?:-m [\w.]+|[\w./-]+\.py)")
_ANY_ARGUMENT = lazy_pattern(r"\$(?!\{?(?:PORT|WEB_CONCURRENCY)\b)|`")
_CHANGED = lazy_pattern(
    r"\bsys\.argv\s*(?:\[[^\]]*\]\s*)?(?:\+?=(?!=)|\.(?:append|extend|insert)\b)|\bimport\s+argv\b"
)
_PYTEST = lazy_pattern(r"^\s*(?:import|from)\s+_?pytest\b", re.MULTILINE)
_NAMING = ("app.json", "heroku.yml", "bin/post_compile")


def of_command(project: Project, code: Code, node: Node) -> bool | None:
    """The result of a comparison such as `"test" in sys.argv`; None for others, or if it is not known."""
    text = code.source(node)  # without blanks
    if "sys." not in text:
        return None
    if (found := _WORD.fullmatch(text)) is not None:
        is_absent = _is_absent(project, code.path, found["word"], of=found["of"])
        return found["no"] is not None if is_absent else None
    if (found := _IS_FIRST.fullmatch(text)) is not None:
        return False if _is_absent(project, code.path, found["word"], of="argv") else None
    found = _COUNT.fullmatch(text)
    compare = _SIGNS.get(found["sign"]) if found is not None else None
    if found is None or compare is None or not _has_no_arguments(project, code.path):
        return None
    return compare(1, int(found["number"]))


def _is_absent(project: Project, path: str, word: str, *, of: str) -> bool:
    """Whether no process has a word as an argument, or none loads pytest."""
    if of == "modules" and word not in ("pytest", "_pytest"):
        return False
    home = home_of(path, project.index.files, project.root)
    texts = [text for _, text in shell_texts(project, path)]
    texts += [project.text_of(os.path.join(home, name)) or "" for name in _NAMING]
    named = "\n".join(texts)  # honcho and supervisord start programs that other files list
    texts += [
        project.text_of(file) or ""
        for file, facts in project.index.files.items()
        if facts.kind != "python" and os.path.basename(file) in named
    ]
    if not processes_of(project, path) or any(re.search(rf"\b{re.escape(word)}\b", text) for text in texts):
        return False
    if of == "modules":
        return not _any_code(project, _PYTEST)
    return not any(map(_ANY_ARGUMENT.search, texts)) and not _any_code(project, _CHANGED)


def _has_no_arguments(project: Project, path: str) -> bool:
    """Whether each process that loads a file is `python file.py`, without arguments."""
    processes = processes_of(project, path)
    starts = [start for _, start in loading(project, path)]
    if not starts or not all(process.starts for process in processes) or _any_code(project, _CHANGED):
        return False
    commands = [each.start.span.of(project.text_of(each.path) or "").strip() for each in starts]
    return all(os.path.basename(each.path) == "Procfile" for each in starts) and all(
        map(_PLAIN.fullmatch, commands)
    )


def _any_code(project: Project, pattern: re.Pattern[str]) -> bool:
    """Whether a pattern occurs in the code of a project, without its tests."""
    return project.code.anywhere(
        f"occurs: {pattern.pattern}",
        lambda text: bool(pattern.search(text)),
        lambda path: not is_test(project, path),
    )
