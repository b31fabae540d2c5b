"""Uses of features that need configuration keys: sessions, forms with CSRF protection, tokens, mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from configvars.flask_model import FeatureUse
from configvars.names import classes
from configvars.names.evaluate import Evaluator
from configvars.names.values import Class, External, Value, alternatives
from configvars.readers.base import Sign
from configvars.readers.flask_escapes import options
from configvars.syntax.python import Node

SESSION = "flask.session"
# Features that are called: the last name of the path, and the paths.
CALLED: Mapping[str, tuple[str, ...]] = {
    "flash": ("flask.flash",),
    "create_access_token": ("flask_jwt_extended.create_access_token",),
    "create_refresh_token": ("flask_jwt_extended.create_refresh_token",),
    "jwt_required": ("flask_jwt_extended.jwt_required",),
    "verify_jwt_in_request": ("flask_jwt_extended.verify_jwt_in_request",),
    "Message": ("flask_mail.Message",),
    "login_user": ("flask_login.login_user",),
}
# Methods of a session that fail without a secret key.
_WRITING = ("clear", "pop", "popitem", "setdefault", "update")
_WRITTEN_ATTRIBUTES = ("permanent",)
# Code by which a file that uses a feature is found: a blueprint need not mention Flask otherwise, and most files
# that import the session only ask it for something.
_USES_OF_SESSION = rf"\s+as\b|\s*\[|\s*\.\s*(?:{'|'.join((*_WRITING, *_WRITTEN_ATTRIBUTES))})\b"
SIGNS = (
    Sign(b"session", _USES_OF_SESSION, (b"flask", b"import session", b", session")),
    Sign(b"flash", r"\s*\("),
    *(
        Sign(word.encode(), r"\s*\(", (paths[0].partition(".")[0].encode(),))
        for word, paths in CALLED.items()
        if word != "flash"
    ),
)
# Features that are base classes.
FORMS = ("flask_wtf.FlaskForm", "flask_wtf.Form")
FORM = "flask_wtf.FlaskForm"


def feature_uses(evaluator: Evaluator) -> Iterator[FeatureUse]:
    """The uses in a file, each at the name that is used."""
    yield from _sessions(evaluator)
    for word, paths in CALLED.items():
        for leaf in evaluator.tree.words(word):
            function = _whole(leaf)
            call = function.parent
            if call is not None and call.type == "call" and call.child_by_field_name("function") == function:
                yield from _found(evaluator, leaf, function, call, paths)
    yield from _forms(evaluator)


def _found(
    evaluator: Evaluator, leaf: Node, function: Node, call: Node, paths: tuple[str, ...]
) -> Iterator[FeatureUse]:
    for value in alternatives(evaluator.value(function)):
        if isinstance(value, External) and value.path in paths:
            yield FeatureUse(paths[0], evaluator.tree.span(leaf), tuple(options(evaluator, call)))


def _whole(leaf: Node) -> Node:
    """The whole `module.name` for the `name` in it."""
    parent = leaf.parent
    is_attribute = parent is not None and parent.type == "attribute"
    return parent if is_attribute and parent is not None and parent.named_children[-1] == leaf else leaf


def _sessions(evaluator: Evaluator) -> Iterator[FeatureUse]:
    for name in ("session", *_names_of_session(evaluator)):
        for leaf in evaluator.tree.words(name):
            node = _whole(leaf)
            if leaf.type == "identifier" and _is_written(evaluator, node):
                value = evaluator.value(node)
                if isinstance(value, External) and value.path == SESSION:
                    yield FeatureUse(SESSION, evaluator.tree.span(leaf))


def _names_of_session(evaluator: Evaluator) -> Iterator[str]:
    """The names under which the file imports the session."""
    for leaf in evaluator.tree.words("session"):
        around = leaf.parent.parent if leaf.parent is not None else None
        if around is not None and around.type == "aliased_import":
            alias = around.child_by_field_name("alias")
            if alias is not None:
                yield evaluator.tree.source(alias)


def _is_written(evaluator: Evaluator, node: Node) -> bool:
    """Whether the code puts something into the session, or removes something from it."""
    parent = node.parent
    if parent is None:
        return False
    if parent.type == "subscript" and parent.child_by_field_name("value") == node:
        return _is_target(parent)
    if parent.type == "attribute" and parent.child_by_field_name("object") == node:
        name = parent.child_by_field_name("attribute")
        word = evaluator.tree.source(name) if name is not None else ""
        is_called = parent.parent is not None and parent.parent.type == "call"
        return (word in _WRITING and is_called) or (word in _WRITTEN_ATTRIBUTES and _is_target(parent))
    return False


def _is_target(node: Node) -> bool:
    around = node.parent
    if around is None:
        return False
    if around.type in ("assignment", "augmented_assignment"):
        return around.child_by_field_name("left") == node
    return around.type == "delete_statement"


def _forms(evaluator: Evaluator) -> Iterator[FeatureUse]:
    """The calls of subclasses of Flask-WTF's form, except with `meta={"csrf": False}`."""
    derived = _derived_forms(evaluator)
    for word in dict.fromkeys(derived):
        for leaf in evaluator.tree.words(word):
            function = _whole(leaf)
            call = function.parent
            if call is None or call.type != "call" or call.child_by_field_name("function") != function:
                continue
            if any(_is_form(evaluator, value) for value in alternatives(evaluator.value(function))):
                yield FeatureUse(FORM, evaluator.tree.span(leaf), tuple(options(evaluator, call)))


def _derived_forms(evaluator: Evaluator) -> Iterator[str]:
    """The names in a file that may be form classes."""
    known, waiting = {"FlaskForm", "Form"}, ["FlaskForm", "Form"]
    while waiting:
        derived = set(_subclasses(evaluator, waiting.pop())) - known
        known |= derived
        waiting += sorted(derived)
        yield from sorted(derived)
    if b"Form" not in evaluator.tree.data:
        return
    words = sorted(
        word for word in evaluator.tree.vocabulary if word.endswith(b"Form") and word[:1].isupper()
    )
    yield from (word.decode("utf-8", "replace") for word in words)


def _subclasses(evaluator: Evaluator, base: str) -> Iterator[str]:
    """The names of the classes in a file with a base of this name."""
    for leaf in evaluator.tree.words(base):
        holder = _whole(leaf).parent
        statement = holder.parent if holder is not None else None
        if holder is not None and holder.type == "argument_list" and statement is not None:
            name = statement.child_by_field_name("name")
            if statement.type == "class_definition" and name is not None:
                yield evaluator.tree.source(name)


def _is_form(evaluator: Evaluator, value: Value) -> bool:
    if not isinstance(value, Class):
        return False
    lineage = list(classes.lineage(evaluator, value))
    if any(isinstance(base, Class) and _has_meta(evaluator, base) for base in lineage):
        return False
    return any(isinstance(base, External) and base.path in FORMS for base in lineage)


def _has_meta(evaluator: Evaluator, cls: Class) -> bool:
    """Whether a form has a `Meta` class, in which it may disable the CSRF protection."""
    return isinstance(classes.member(evaluator, cls, "Meta"), Class)
