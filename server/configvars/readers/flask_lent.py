"""Calls that pass `app.config` itself to a function: `def setup(config): config["X"] = 1`, `setup(app.config)`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.flask_model import ConfigEvent, ConfigFeed, ConfigKey, ConfigStep, LentRead
from configvars.names.evaluate import Evaluator
from configvars.names.item_uses import NOT_KNOWN, ItemUses, item_uses
from configvars.names.values import alternatives
from configvars.readers.flask_calls import arguments_of, called_function
from configvars.readers.flask_context import context_of
from configvars.readers.flask_escapes import escape
from configvars.readers.flask_owner import Owner, owner_of_config
from configvars.syntax.python import Node

_METHODS = {"set": "update", "default": "setdefault"}


def lent_at(evaluator: Evaluator, config: Node) -> Iterator[tuple[Owner, int, ConfigEvent]]:
    """What a call with a configuration as argument sets in it; if that is not known, an escape."""
    call = _call(config)
    if call is None:
        return
    owner, at = owner_of_config(evaluator, config), config.start_byte
    found = _uses(evaluator, call, config)
    if not found.known:
        callee = evaluator.value(call.child_by_field_name("function"))
        yield owner, at, escape(evaluator, call, callee, config, "config")
        return
    context, span = context_of(evaluator, config), evaluator.tree.span(call)
    for use in found.uses:
        if use.how in _METHODS:
            key = ConfigKey(use.key.text, use.key.written[0], kinds=("unknown",))
            step = ConfigStep(_METHODS[use.how], span, ConfigFeed((key,)), **context)
            yield owner, at, replace(step, conditional=step.conditional or use.conditional)


def reads_at(evaluator: Evaluator, config: Node) -> Iterator[LentRead]:
    """The reads of keys in a function to which a call passes the configuration."""
    call = _call(config)
    for use in _uses(evaluator, call, config).uses if call is not None else ():
        if use.how not in _METHODS and use.how != "test" and use.key.text.isupper():
            required = use.how == "read" and not use.conditional
            defaulted = use.how == "get default"
            yield LentRead(use.key.text, use.key.written[0], required, defaulted)


def _call(config: Node) -> Node | None:
    """The call of which an expression is an argument."""
    holder = config.parent
    if holder is not None and holder.type == "keyword_argument":
        holder = holder.parent
    call = holder.parent if holder is not None and holder.type == "argument_list" else None
    return call if call is not None and call.type == "call" else None


def _uses(evaluator: Evaluator, call: Node, config: Node) -> ItemUses:
    """What the called function does with the configuration."""
    callees = alternatives(evaluator.value(call.child_by_field_name("function")))
    function = called_function(evaluator, callees[0]) if len(callees) == 1 else None
    given = [] if function is None else list(arguments_of(evaluator, call, function))
    name = next((name for name, node in given if node == config), None)
    if function is None or name is None:
        return NOT_KNOWN
    return item_uses(evaluator, function.home, name)
