"""What goes wrong where code reads an env file in an encoding that it is not in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from configvars.checks.missing import at
from configvars.model import EnvFileUse, ReadAs, Severity, Unread
from configvars.project import Project
from configvars.resolve.env_files import used_file, used_files
from configvars.runs.loaded import loaded_by_hand
from configvars.runs.outcomes import UTF8


def misread(path: str, project: Project, unread: Unread | None) -> Iterator[tuple[Severity, str]]:
    """What goes wrong where code reads the file in an encoding that it is not in; the gravest first.

    A module that also reads the file in its own encoding, or in one that is not known, tries one encoding
    after the other.
    """
    uses = [(loader, use, use.encoding) for loader, use in uses_of(path, project) if use.encoding is not None]
    if project.partial or (unread is None and all(encoding.lower() in UTF8 for _, _, encoding in uses)):
        return
    outcomes = {encoding: project.read_as(path, encoding) for _, _, encoding in uses}
    well = _unknown_readers(project).get(path, set())
    well = well.union(loader for loader, _, encoding in uses if _is_well(outcomes[encoding]))
    found: list[tuple[Severity, str]] = []
    for loader, use, encoding in uses:
        outcome = outcomes[encoding]
        if outcome is not None and loader not in well:
            found.append(told(outcome, unread, use, at(project, loader, use.span)))
    yield from sorted(found, key=lambda each: each[0].rank)


def not_utf8(outcome: ReadAs) -> str:
    """What a file is that is not in UTF-8, as far as that is known: `is UTF-16, not UTF-8`."""
    return f"is {outcome.written}, not UTF-8" if outcome.written else "is not UTF-8"


def _is_well(outcome: ReadAs | None) -> bool:
    return outcome is not None and not outcome.error and not outcome.wrong and not outcome.has_nuls


def error_of(outcome: ReadAs, use: EnvFileUse) -> str:
    """The exception that reading the file raises; empty if it raises none."""
    return outcome.error or ("ValueError" if outcome.has_nuls and not use.only_for else "")


def told(outcome: ReadAs, unread: Unread | None, use: EnvFileUse, place: str) -> tuple[Severity, str]:
    """How grave it is that `place` reads the file in another encoding, and a sentence without its subject."""
    error = error_of(outcome, use)
    severity = Severity.ERROR if error or outcome.wrong != "values" else Severity.WARNING
    wrong = "its names" if outcome.wrong == "names" else "some of its values"
    if (use.encoding or "").lower() in UTF8:
        is_what = unread.why if unread else not_utf8(outcome)
        then = f"loading it raises {error}" if error else f"{place} reads {wrong} wrongly"
        return severity, f"{is_what}: {then}. Save it as UTF-8"
    is_what = unread.why if unread else f"is {outcome.written}"
    then = f"which raises {error}" if error else f"which changes {wrong}"
    agree = f"Remove the encoding there, or save the file as {use.encoding}"
    if outcome.written != "UTF-8":
        agree = "Save it as UTF-8, and remove the encoding there"
    return severity, f"{is_what}, but {place} reads it as {use.encoding}, {then}. {agree}"


def may_be_read_otherwise(path: str, project: Project) -> bool:
    """Whether code may read the file in an encoding that is not known.

    So it is if the encoding is computed, if code opens the file itself, or if a file imports python-dotenv and
    no call that loads a file is found in it.
    """
    if path in _unknown_readers(project) or path in loaded_by_hand(project, path):
        return True
    return project.remembered("not understood loads", lambda: _has_unknown_load(project))


def _has_unknown_load(project: Project) -> bool:
    files, code = project.index.files, project.code
    return any("dotenv" in code.top_modules(each) and not files[each].env_files for each in code.paths())


def _unknown_readers(project: Project) -> dict[str, set[str]]:
    """The code files that read an env file in an encoding that is not known, by path of the env file."""
    return project.remembered("read in unknown encodings", lambda: _find_unknown(project))


def _find_unknown(project: Project) -> dict[str, set[str]]:
    files = project.index.files
    found: dict[str, set[str]] = {}
    for loader, facts in files.items():
        for use in facts.env_files:
            for path in used_files(use, loader, files, project.root) if use.encoding is None else ():
                found.setdefault(path, set()).add(loader)
    return found


def uses_of(path: str, project: Project) -> Iterable[tuple[str, EnvFileUse]]:
    """The places that read an env file: the path of the code, and its use of the file."""
    return project.remembered("uses by file", lambda: _by_file(project)).get(path, ())


def _by_file(project: Project) -> dict[str, list[tuple[str, EnvFileUse]]]:
    files = project.index.files
    found: dict[str, list[tuple[str, EnvFileUse]]] = {}
    for loader, facts in sorted(files.items()):
        for use in facts.env_files:
            if (path := used_file(use, loader, files, project.root)) is not None:
                found.setdefault(path, []).append((loader, use))
    return found
