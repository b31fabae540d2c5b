"""Which files outside of the folder may be analysed as env files, if a link named `.env` leads to them.

A link may lead to any file of the user, such as a private key or a list of passwords, of which no part may be
shown.
"""

from __future__ import annotations

import os

from configvars.patterns import lazy_pattern
from configvars.sources.env_names import is_env_file_name
from configvars.syntax.dotenv import Binding, parse_env
from configvars.syntax.env_names import is_name
from configvars.syntax.env_parts import parts

_NAME = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_.-]*")


def may_be_read(target: str, text: str) -> bool:
    """Whether the file at the end of a link is an env file: by its lines, or by its name and its owner."""
    bindings = parse_env(text)
    if all(map(_is_assignment_or_comment, bindings)):
        return True
    if not is_env_file_name(os.path.basename(target)) or not _is_own(target):
        return False
    whole = (binding for binding, part in parts(iter(bindings), text) if part is None)
    return any(binding.value is not None and is_name(binding.key or "") for binding in whole)


def _is_assignment_or_comment(binding: Binding) -> bool:
    """Whether a statement is a comment or `NAME=value`; lines of a private key would look like names."""
    if binding.error:
        return False
    return binding.key is None or (binding.value is not None and _NAME.fullmatch(binding.key) is not None)


def _is_own(target: str) -> bool:
    """Whether the file belongs to the user; Windows does not tell."""
    try:
        return os.name == "nt" or os.stat(target).st_uid == os.getuid()
    except OSError:
        return False
