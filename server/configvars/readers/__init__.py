"""The ways Python code reads variables, one a file."""

from __future__ import annotations

from configvars.readers.base import Reader
from configvars.readers.click_options import CLICK
from configvars.readers.clients import CLIENTS
from configvars.readers.decouple import DECOUPLE
from configvars.readers.dj_urls import DJ_URLS
from configvars.readers.django_configurations import DJANGO_CONFIGURATIONS
from configvars.readers.django_environ import DJANGO_ENVIRON
from configvars.readers.django_heroku import DJANGO_HEROKU
from configvars.readers.dotenv_api import DOTENV_API
from configvars.readers.dynaconf import DYNACONF
from configvars.readers.environs import ENVIRONS
from configvars.readers.envparse import ENVPARSE
from configvars.readers.everett import EVERETT
from configvars.readers.flask_config import FLASK_CONFIG
from configvars.readers.goodconf import GOODCONF
from configvars.readers.os_environ import OS_ENVIRON
from configvars.readers.prettyconf import PRETTYCONF
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
    CLIENTS,
    FLASK_CONFIG,
    DJ_URLS,
    PRETTYCONF,
    ENVPARSE,
    EVERETT,
    DJANGO_CONFIGURATIONS,
    GOODCONF,
    DJANGO_HEROKU,
)
