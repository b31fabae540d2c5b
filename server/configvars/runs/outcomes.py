"""The outcome for one variable in one run: the line that counts, those that do not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.project import Project
from configvars.runs.autoconfig import INI
from configvars.runs.env_readers import read_as
from configvars.runs.lines_of_step import Giver, lines_in, lines_of_step, unfound
from configvars.runs.loaded import loaded_by_hand
from configvars.runs.loads import Load
from configvars.runs.outside_files import outside_of
from configvars.runs.remarks import above, is_named, not_there, only_in_main, perhaps_later, too_late, unseen
from configvars.runs.ways import Run, Step
from configvars.secret import ValueFacts
from configvars.syntax.dialects.ini import DECOUPLE_INI

UTF8 = frozenset({"utf-8", "utf8", "utf-8-sig"})
_FAILS = "it stops with an error"
_WEAKER = ".flaskenv"  # `.env` has precedence over it, wherever both are.
State = Literal["set", "empty", "unset", "unknown"]


class Outcome(Struct, frozen=True):
    """The outcome for the variable in one run.

    `by` is the line that counts; if the variable is not set, a bare name that keeps other lines from
    counting. `shadowed` are the lines that lose. `same` compares an app's value with the first value set
    here: None if that is not known. `unknown`: a file in `maybe` could not be read, or is loaded from a path
    computed at run time, and may set it; `by` is what counts if it does not. `seen_from` is the file whose
    code gets this, if code in other files gets something else.
    """

    runtime: str
    state: State
    by: Giver | None = None
    shadowed: tuple[Giver, ...] = ()
    facts: ValueFacts | None = None
    why: str = ""
    same: bool | None = None
    maybe: tuple[str, ...] = ()
    seen_from: str = ""


class _Course(Struct):
    """The effect of the steps of a run so far."""

    winner: Giver | None = None
    bare: Giver | None = None
    overriding: Load | None = None
    lost: list[Giver] = field(default_factory=list)
    maybe: list[str] = field(default_factory=list)
    why: str = ""

    def take(self, step: Step, givers: list[Giver]) -> None:
        """Add the lines that a step reads; the last one counts."""
        *earlier, last = givers
        self.lost += earlier
        if last.is_bare:
            self.bare = last
        elif self.winner is None or step.override:
            self.lost += [self.winner] if self.winner else []
            self.winner = last
            self.overriding = step.load if step.override else None
        else:
            self.lost.append(last)


def outcome(project: Project, name: str, run: Run) -> Outcome:
    """The outcome of a run: the first step that sets the variable wins, or a later one that overrides."""
    course = _Course(winner=_given(project, name, run))
    for step in run.steps:
        if not step.by_heroku and (file := _misread(project, step)):
            return Outcome(run.name, "unset", why=f"{_FAILS}: it reads {file}")
        givers, said = _read(project, step, name)
        course.why = said or course.why
        if course.winner is None or step.override:
            decided = step.override and givers and not givers[-1].is_bare
            course.maybe = [*([] if decided else course.maybe), *_unread(project, step, name)]
        if givers and _is_certain(step):
            course.take(step, givers)
    counts = course.winner or course.bare  # a file may be read twice: by Flask, then by the code
    lost = {(giver.path, giver.span): giver for giver in course.lost if not giver.is_bare}
    if counts is not None:
        lost.pop((counts.path, counts.span), None)
    shadowed = tuple(lost.values())
    fails = next(filter(None, (_refused(project, step) for step in run.steps)), "")
    if course.maybe:
        files = tuple(dict.fromkeys(course.maybe))
        return Outcome(
            run.name, "unknown", counts, shadowed, why=f"{_FAILS} there" if fails else run.note, maybe=files
        )
    if fails:
        return Outcome(run.name, "unset", course.bare, shadowed, why=f"{_FAILS}: it reads {fails}")
    if course.winner is None and (files := _by_hand(project, name, run)):
        why = "" if files[0].endswith(INI) else "code may parse it without a library"
        return Outcome(run.name, "unknown", course.bare, shadowed, why=why, maybe=files)
    if course.winner is None:
        why = too_late(project, name, run) or only_in_main(project, name, run) or course.why
        why = why or unseen(project, name, run)
        why = why or not_there(project, run) or run.note or perhaps_later(project, name, run)
        return Outcome(run.name, "unset", course.bare, shadowed, why=why)
    facts = course.winner.facts
    state: State = "empty" if facts is not None and facts.is_empty else "set"
    why = above(project, course.overriding) or run.note
    return Outcome(run.name, state, course.winner, shadowed, facts, why)


def _given(project: Project, name: str, run: Run) -> Giver | None:
    """The line of its server's configuration, or of the file that defines the run, that sets the variable."""
    for named in filter(None, (run.config, run.named)):
        for gift in named.start.given:
            if gift.name == name:
                line = project.lines_of(named.path).position(gift.span.start).line + 1
                return Giver(named.path, gift.span, line, False, None)
    return None


def _is_certain(step: Step) -> bool:
    return step.load is None or step.load.certain


def _by_hand(project: Project, name: str, run: Run) -> tuple[str, ...]:
    """The files that may set the variable: a `settings.ini`, or env files that code loads by hand."""
    ini = [path for step in run.steps for path in step.paths if path.endswith(INI)]
    if ini or run.entry is None:
        return tuple(path for path in dict.fromkeys(ini) if _may_be_in_ini(project, path, name))
    return tuple(sorted(p for p in loaded_by_hand(project, run.entry.path) if is_named(project, p, name)))


def _may_be_in_ini(project: Project, path: str, name: str) -> bool:
    return project.text_of(path) is None or read_as(project, path, DECOUPLE_INI.name).of(name) is not None


def _unread(project: Project, step: Step, name: str) -> Iterator[str]:
    """The files of a step that are not read, and that may set the variable and would then win."""
    yield from (path for path in step.outside if not path.endswith(_WEAKER))
    if step.load is not None and not step.paths:
        yield from outside_of(project, step.load.loader, step.load.use)
    for path in reversed(step.paths):
        facts = project.index.files.get(path)
        if facts is not None and facts.skipped:
            if facts.unread is None or facts.unread.gives:
                yield path
        elif any(lines_in(project, step, path, name)):
            if _is_certain(step):
                return
            yield path
    yield from (path for path in step.outside if path.endswith(_WEAKER))


def _read(project: Project, step: Step, name: str) -> tuple[list[Giver], str]:
    """The lines with the name that a step reads, the one that counts last; and a remark about them."""
    givers = list(lines_of_step(project, step, name))
    if step.by_heroku and (file := _misread(project, step)):
        return [], f"it finds no names in {file}"
    if not (step.by_heroku and step.paths) or project.text_of(step.paths[0]) is None:
        return givers, "" if givers else unfound(project, step, name)
    read = read_as(project, step.paths[0], "heroku local")
    found = read.of(name)
    if read.stops:
        return [], f"{_FAILS}: {read.stops}"
    if found is None or found.value is None:
        return [], "it reads the line with this name differently" if givers else ""
    facts = found.value.facts()
    return [replace(giver, is_bare=False, facts=facts) for giver in givers], ""


def _misread(project: Project, step: Step) -> str:
    """The first file of a step that cannot be read in the encoding in which it is read, as words; or empty.

    Flask and `heroku local` read UTF-8, code may name another encoding. Files that could not be read here are
    not counted, nor code that tries several encodings.
    """
    files = project.index.files
    encoding = "utf-8" if step.load is None else _named_encoding(step.load)
    paths = (path for path in step.paths if path in files and not files[path].skipped)
    return _wrong_in(project, paths, encoding)


def _refused(project: Project, step: Step) -> str:
    """The first file of a step that could not be read here, nor can the step, as for `_misread`; or empty."""
    encoding = "" if step.by_heroku else "utf-8"
    if step.load is not None:
        encoding = step.load.encoding if step.load.certain else ""
    unread = {path: facts.unread for path in step.paths if (facts := project.index.files.get(path))}
    paths = (path for path, why in unread.items() if why is not None and why.kind == "encoding")
    return _wrong_in(project, paths, encoding)


def _wrong_in(project: Project, paths: Iterable[str], encoding: str) -> str:
    """The first file that cannot be read in an encoding, as words; empty if there is none, or no encoding."""
    for path in paths if encoding else ():
        read = project.remembered(f"as {encoding}: {path}", partial(project.read_as, path, encoding))
        if read is not None and (read.error or read.has_nuls):
            shown = "UTF-8" if encoding == "utf-8" else encoding
            return f"{project.relative(path)}, which is {read.written or 'in another encoding'}, as {shown}"
    return ""


def _named_encoding(load: Load) -> str:
    """The encoding, other than UTF-8, that code names for a load which certainly runs; or empty."""
    return "" if not load.certain or load.encoding.lower() in UTF8 else load.encoding
