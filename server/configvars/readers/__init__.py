"""The ways Python code reads variables, one a file."""

from __future__ import annotations

from configvars.readers.base import Reader
from configvars.readers.click_options import CLICK
from configvars.readers.decouple import DECOUPLE
from configvars.readers.django_environ import DJANGO_ENVIRON
from configvars.readers.dotenv_api import DOTENV_API
from configvars.readers.dynaconf import DYNACONF
from configvars.readers.environs import ENVIRONS
from configvars.readers.flask_config import FLASK_CONFIG
from configvars.readers.os_environ import OS_ENVIRON
from configvars.readers.pydantic_settings import PYDANTIC_SETTINGS
from configvars.readers.starlette import STARLETTE

READERS: tuple[Reader, ...] = (
    OS_ENVIRON,
    DOTENV_API,
    ENVIRONS,
    DECOUPLE,
    DJANGO_ENVIRON,
    STARLETTE,
    PYDANTIC_SETTINGS,
    DYNACONF,
    CLICK,
    FLASK_CONFIG,
)
