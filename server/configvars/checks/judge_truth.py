"""Lines of an env file that mean false but count as true where they are read, or the other way round."""

from __future__ import annotations

from configvars.checks.fixes import replace_text
from configvars.checks.reached import Lines, Reached
from configvars.checks.switches import looks_like_switch
from configvars.flow_model import NO, YES, Flow, ValueUse
from configvars.model import Access, FileFacts, Fix, TextEdit, Variable
from configvars.project import Project
from configvars.secret import ValueFacts

# The `flask` command reads these and understands the words.
PARSED_BY_FLASK = "FLASK_DEBUG"
_BOOLS = frozenset({"flask.Flask().run(debug)", "flask.Flask().run(use_reloader)", "uvicorn.run(reload)"})
_SHOWING = frozenset({"builtins.print", "builtins.repr", "builtins.type"}) | {
    f"logging.{level}" for level in ("debug", "info", "warning")
}
_IS_SET = frozenset({"is not", "!="})
_DISTINGUISHES = frozenset({"compare", "method", "order", "arithmetic"})
_CHANGED = {"lower": str.lower, "casefold": str.lower, "upper": str.upper, "title": str.title}
_CHANGED |= {"capitalize": str.capitalize}


def judge(reached: Reached, lines: Lines, project: Project) -> tuple[str, tuple[Fix, ...]]:
    """The message and the fixes; both are empty if nothing is wrong."""
    flow, name = reached.reference.flow, reached.definition.variable.name
    if flow is None or not reached.facts or name == PARSED_BY_FLASK:
        return "", ()
    if all(says_no(value, name, flow) for value in reached.facts):
        facts = project.index.files.get(reached.path)
        is_told_apart = facts is not None and reached.reference.variable in distinguished(facts)
        place = "" if is_told_apart else _place_of_truth(reached, flow, lines, project)
        if place:
            words = f"{name} means no here, but {place} treats it as true, like every non-empty string"
            return words, _emptied(reached, lines)
        if _only_asked(reached, project):
            place = lines.place(reached.path, reached.reference)
            return f"{name} means no here, but {place} treats it as true, because it is set", ()
    wrong = [_compared(flow, value) for value in reached.facts]
    if all(wrong):
        place = lines.place(reached.path, reached.reference)
        use, meant = wrong[0] or (None, "")
        other = use.words[0] if use is not None else ""
        words = (
            f"{name} means {meant} here, but {place} treats it as the opposite: it compares with {other!r}"
        )
        return words, _rewritten(reached, lines, other)
    return "", ()


def is_tested_for_truth(flow: Flow) -> bool:
    """Whether the code tests the truth of the string, and nothing that distinguishes true from false."""
    if distinguishes(flow):
        return False
    calls = {use.what for use in flow.uses if use.kind == "call"} - _SHOWING
    if calls - {"builtins.bool"}:
        return False
    asked = any(use.kind == "truth" or (use.kind == "argument" and use.what in _BOOLS) for use in flow.uses)
    return bool(calls) or asked


def _only_asked(reached: Reached, project: Project) -> bool:
    """Whether code only asks whether a switch is set, and nothing else reads it."""
    name, flow = reached.definition.variable.name, reached.reference.flow
    if flow is None or not looks_like_switch(name) or len(flow.uses) != 1:
        return False
    use = flow.uses[0]
    asks = use.kind == "compare" and use.against == ("none",) and use.what in _IS_SET
    found = project.index.references(reached.reference.variable)
    return asks and all((one.path, one.reference) == (reached.path, reached.reference) for one in found)


def distinguishes(flow: Flow) -> bool:
    """Whether the code does something with the string that may distinguish true from false."""
    return any(use.kind in _DISTINGUISHES for use in flow.uses)


def distinguished(facts: FileFacts) -> frozenset[Variable]:
    """The variables of which some read in a file may distinguish true from false.

    Another read may then only ask whether the variable is set: `is_yes(getenv("A")) if getenv("A") else None`.
    """
    reads = (one for one in facts.references if one.access is Access.READ and one.flow is not None)
    return frozenset(one.variable for one in reads if one.flow is not None and distinguishes(one.flow))


def says_no(value: ValueFacts, name: str, flow: Flow) -> bool:
    """Whether a value is a word for false; `0` counts only if the variable is a switch."""
    word = value.word.lower()
    if word != "0":
        return word in NO
    return looks_like_switch(name) or is_switch_by_default(flow)


def is_switch_by_default(flow: Flow) -> bool:
    """Whether the default shows that the variable is a switch; `False` alone may also mean "not set"."""
    default = flow.default
    return default is not None and (
        default.word.lower() in NO if default.kind == "text" else default.word == "True"
    )


def _place_of_truth(reached: Reached, flow: Flow, lines: Lines, project: Project) -> str:
    """Where the code tests the truth of the string: in the same file, or where it reads the Flask key."""
    if is_tested_for_truth(flow):
        return lines.place(reached.path, reached.reference)
    for key in lines.flask_keys(reached.path, flow):
        for found in project.index.references(Variable("flask", key.variable.name)):
            asked = found.reference.flow
            if found.reference.access is Access.READ and asked is not None and is_tested_for_truth(asked):
                return lines.place(found.path, found.reference)
    return ""


def _compared(flow: Flow, value: ValueFacts) -> tuple[ValueUse, str] | None:
    """The comparison that treats a word as its opposite, and what was meant; None if there is none."""
    compared = [use for use in flow.uses if use.kind == "compare"]
    if not value.word or any(use.more or set(use.against) != {"text"} for use in compared):
        return None
    if any(_changed(value.word, use) in use.words for use in compared):
        return None
    meant = "yes" if value.word.lower() in YES else "no"
    if len({word.lower() in YES for use in compared for word in use.words}) != 1:
        return None  # the code handles words for both, and treats other words separately
    for use in compared:
        if {word.lower() in YES for word in use.words} == {meant == "yes"}:
            return use, meant
    return None


def _changed(word: str, use: ValueUse) -> str:
    """A word after the string methods of `use` are applied to it."""
    for method in use.through:
        word = _CHANGED.get(method, str)(word)
    return word


def _emptied(reached: Reached, lines: Lines) -> tuple[Fix, ...]:
    """Make the value empty, because the empty string is the only one that is not true."""
    definition = reached.definition
    if definition.value_span is None:
        return ()
    title = f"Leave {definition.variable.name} empty"
    return (replace_text(lines.path, TextEdit(definition.value_span, ""), title),)


def _rewritten(reached: Reached, lines: Lines, word: str) -> tuple[Fix, ...]:
    """Replace the value with the word that the code compares with."""
    span = reached.definition.value_span
    return () if span is None else (replace_text(lines.path, TextEdit(span, word), f"Write {word}"),)
