"""Where the files of `from_pyfile` may be, and to which code prefixes of `from_prefixed_env` apply."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator

from configvars.flask_model import ConfigFlow, ConfigStep
from configvars.limits import PREFIXES
from configvars.patterns import lazy_pattern


def pyfiles(path: str, flow: ConfigFlow, file: str) -> Iterator[str]:
    """The possible paths of the file in `from_pyfile(file)`, the most likely first.

    `path` is the calling file.
    """
    if os.path.isabs(file):
        yield os.path.normpath(file)
        return
    root = os.path.dirname(flow.owner.path if flow.owner is not None else path)
    instance = [os.path.join(folder, "instance", file) for folder in (root, os.path.dirname(root))]
    plain = [os.path.join(folder, file) for folder in (root, os.path.dirname(root))]
    if flow.relative is not None:
        # The folder in `instance_path` may be any.
        ordered = [*instance, *plain] if flow.instance_path is not None else instance
    else:
        ordered = [*plain, *instance]
    yield from (os.path.normpath(candidate) for candidate in ordered)


_TEMPLATE = lazy_pattern(r"(?P<file>.+\.cfg)[._-](?:default|dist|docker|example|sample|template)")


def is_template(path: str) -> bool:
    """Whether a file is a template for a configuration file: `shop.cfg.example`."""
    return _TEMPLATE.fullmatch(path) is not None


def pyfile_templates(
    steps: Iterable[tuple[str, ConfigFlow, ConfigStep]], files: Collection[str]
) -> Iterator[str]:
    """The templates of files that steps load: that of the named file, or all of them.

    All are for a step whose file a variable or caller determines, or whose `.cfg` does not exist and has no
    template of its own name.
    """
    templates = {path: found["file"] for path in files if (found := _TEMPLATE.fullmatch(path))}
    for path, flow, step in steps if templates else ():
        if step.method not in ("from_pyfile", "from_envvar"):
            continue
        places = set(pyfiles(path, flow, step.file)) if step.file else set()
        own = [one for one, file in templates.items() if file in places]
        is_open = step.file is None or (step.file.endswith(".cfg") and places.isdisjoint(files))
        yield from own or (templates if is_open else ())


def prefixes(steps: Iterable[tuple[str, ConfigFlow, ConfigStep]]) -> tuple[tuple[str, str], ...]:
    """The prefixes of `from_prefixed_env` with the files of the calls, up to the limit."""
    found = {(path, step.prefix) for path, _, step in steps if step.prefix is not None}
    known = frozenset(sorted({prefix for _, prefix in found})[: PREFIXES.most])
    return tuple(sorted((path, prefix) for path, prefix in found if prefix in known))


def prefixes_of(path: str, known: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The prefixes that apply to the code in a file: its own, otherwise the nearest ones, otherwise all."""
    every = tuple(known)
    own = [prefix for file, prefix in every if file == path]
    folders = {os.path.dirname(file) for file, _ in every}
    around = [folder for folder in folders if path.startswith(folder.rstrip(os.sep) + os.sep)]
    nearest = max(around, key=len, default=None)
    near = [prefix for file, prefix in every if os.path.dirname(file) == nearest]
    return tuple(sorted({*(own or near or (prefix for _, prefix in every))}))
