"""The ways in which Python code reads variables, one in each file."""

from __future__ import annotations

from configvars.readers.base import Reader
from configvars.readers.click_options import CLICK
from configvars.readers.clients import CLIENTS
from configvars.readers.configargparse import CONFIGARGPARSE
from configvars.readers.cyclopts import CYCLOPTS
from configvars.readers.decouple import DECOUPLE
from configvars.readers.dj_urls import DJ_URLS
from configvars.readers.django_configurations import DJANGO_CONFIGURATIONS
from configvars.readers.django_environ import DJANGO_ENVIRON
from configvars.readers.django_heroku import DJANGO_HEROKU
from configvars.readers.dotenv_api import DOTENV_API
from configvars.readers.dynaconf import DYNACONF
from configvars.readers.environ_config import ENVIRON_CONFIG
from configvars.readers.environs import ENVIRONS
from configvars.readers.envparse import ENVPARSE
from configvars.readers.everett import EVERETT
from configvars.readers.flask_config import FLASK_CONFIG
from configvars.readers.goodconf import GOODCONF
from configvars.readers.jsonargparse import JSONARGPARSE
from configvars.readers.omegaconf import OMEGACONF
from configvars.readers.os_environ import OS_ENVIRON
from configvars.readers.prettyconf import PRETTYCONF
from configvars.readers.pydantic_settings import PYDANTIC_SETTINGS
from configvars.readers.quart import QUART
from configvars.readers.sanic import SANIC
from configvars.readers.starlette import STARLETTE
from configvars.readers.typed_settings import TYPED_SETTINGS
from configvars.readers.typer import TYPER

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
    OMEGACONF,
    CONFIGARGPARSE,
    SANIC,
    QUART,
    CYCLOPTS,
    JSONARGPARSE,
    ENVIRON_CONFIG,
    TYPED_SETTINGS,
    TYPER,
)
