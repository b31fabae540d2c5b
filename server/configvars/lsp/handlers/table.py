"""The type of a table of handlers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Handler = Callable[[Any, Any], Any]
"""A function of the server and the params, or a coroutine if it waits or asks the client."""

Handlers = Mapping[str, Handler]
"""Handlers by method."""
