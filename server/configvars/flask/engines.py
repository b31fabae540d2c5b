"""Databases of Flask-SQLAlchemy that the code names in other ways than by `SQLALCHEMY_DATABASE_URI`."""

from __future__ import annotations

from configvars.model import Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project

# What the values of these keys contain if they name a database: not `{}`, or a URL.
_KEYS = {
    "SQLALCHEMY_BINDS": lazy_pattern(r"[^\s{}]"),
    "SQLALCHEMY_ENGINE_OPTIONS": lazy_pattern(r"\A\??\Z|\A[\w.]+\Z|\burl\b"),
}
# `SQLAlchemy(engine_options={"url": …})`, or options that are not written there.
_OPTION = lazy_pattern(r"\bengine_options\s*=\s*(?:[A-Za-z_][\w.]*\s*[,)]|[^)]{0,300}\burl\b)")


def has_another_engine(project: Project) -> bool:
    """Whether an app may have a database without `SQLALCHEMY_DATABASE_URI`: a bound one, or by options."""
    return passes_engine(project) or project.remembered(
        "other keys for engines", lambda: any(_is_set(project, key) for key in _KEYS)
    )


def passes_engine(project: Project) -> bool:
    """Whether the options that the code passes to `SQLAlchemy(…)` may contain the URL of a database."""
    return project.code.anywhere("options for engines", lambda text: bool(_OPTION.search(text)))


def _is_set(project: Project, key: str) -> bool:
    for found in project.index.definitions(Variable("flask", key)):
        value, text = found.definition.value_span, project.text_of(found.path) or ""
        if _KEYS[key].search(value.of(text) if value is not None else "?"):
            return True
    return False
