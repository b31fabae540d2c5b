"""Parts that several messages share: lists of names, and when code needs a variable."""

from __future__ import annotations

from collections.abc import Iterable

from configvars.model import Reference


def joined(names: Iterable[str], word: str) -> str:
    """The names with commas, and `word` (`and`, `or`) before the last one; an empty string for none."""
    *first, last = [*names] or [""]
    return f"{', '.join(first)} {word} {last}" if first else last


def heroku_apps(apps: Iterable[str]) -> str:
    """Such as `Heroku app shop`, or `Heroku apps shop and shop-staging`."""
    names = [*apps]
    return f"Heroku {'app' if len(names) == 1 else 'apps'} {joined(names, 'and')}"


def in_processes(names: Iterable[str]) -> str:
    """Such as `, in the release phase and the web process`; empty for no names."""
    found = the_processes(names)
    return f", in {found}" if found else ""


def the_processes(names: Iterable[str]) -> str:
    """Processes of the Procfile, such as `the release phase and the web process`; empty for no names."""
    found = [*dict.fromkeys(names)]
    others = [each for each in found if each != "release"]
    parts = ["the release phase"] * (len(others) < len(found))
    if others:
        parts.append(f"the {joined(others, 'and')} {'process' if len(others) == 1 else 'processes'}")
    return joined(parts, "and")


def without(name: str, instead: Iterable[str]) -> str:
    """When code fails: `without it`, or `unless A or B is set` if one of several variables is enough."""
    others = [*instead]
    return f"unless {joined([name, *others], 'or')} is set" if others else "without it"


def does_not_run(found: Reference, apps: Iterable[str], condition: str | None, because: str) -> str:
    """The message for a read that apps certainly do not run, with the condition around it and the reason."""
    under = f" (under `if {condition}`)" if condition else ""
    why = f", because {because}" if because else ""
    return f"{_not_set(found, apps)}; the code that needs it{under} does not run there{why}"


def may_run(found: Reference, apps: Iterable[str], condition: str | None) -> str:
    """The message for a read of which it is not known whether apps run it."""
    if condition is not None:
        then = f"the code fails there {without(found.variable.name, found.instead)} if `{condition}`"
    elif found.switch is not None:
        then = f"whether the code needs it there depends on the value of {found.switch}"
    else:
        then = "whether the code needs it there depends on a condition that is not known"
    return f"{_not_set(found, apps)}; {then}"


def may_catch(found: Reference, apps: Iterable[str]) -> str:
    """The message for a read whose exception the code around it may catch."""
    return f"{_not_set(found, apps)}; it is not known whether the code fails there or catches the exception"


def _not_set(found: Reference, apps: Iterable[str]) -> str:
    return f"{found.variable.name} is not set on {heroku_apps(apps)}"
