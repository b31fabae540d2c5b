"""The ways Python code reads variables, one a file."""

from __future__ import annotations

from configvars.readers.base import Reader
from configvars.readers.os_environ import OS_ENVIRON

READERS: tuple[Reader, ...] = (OS_ENVIRON,)
