"""The commands by name: coroutines that take the server and one object, and return an outcome."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from configvars.lsp.commands.choose_app import choose_app, refresh
from configvars.lsp.commands.env_file import create_env_file
from configvars.lsp.commands.explain import explain
from configvars.lsp.commands.fix import fix
from configvars.lsp.commands.gitignore import add_to_gitignore
from configvars.lsp.commands.pull import pull
from configvars.lsp.commands.rule import rule
from configvars.lsp.commands.show import show
from configvars.lsp.outcome import Outcome

COMMANDS: Mapping[str, Callable[[Any, Mapping[str, object]], Awaitable[Outcome]]] = MappingProxyType(
    {
        "configvars.pull": pull,
        "configvars.refresh": refresh,
        "configvars.chooseApp": choose_app,
        "configvars.explain": explain,
        "configvars.createEnvFile": create_env_file,
        "configvars.addToGitignore": add_to_gitignore,
        "configvars.fix": fix,
        "configvars.show": show,
        "configvars.rule": rule,
    }
)
