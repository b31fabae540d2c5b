"""The kinds of files that set or list variables: one file each, and one line here."""

from __future__ import annotations

from configvars.sources.app_engine import APP_ENGINE
from configvars.sources.app_json import APP_JSON
from configvars.sources.base import Source
from configvars.sources.compose import COMPOSE
from configvars.sources.dockerfile import DOCKERFILE
from configvars.sources.dotenv import DOTENV
from configvars.sources.envrc import ENVRC
from configvars.sources.fly import FLY
from configvars.sources.heroku_yml import HEROKU_YML
from configvars.sources.jinja import JINJA
from configvars.sources.justfile import JUSTFILE
from configvars.sources.launch import LAUNCH
from configvars.sources.makefile import MAKEFILE
from configvars.sources.mentions import MENTIONS
from configvars.sources.package_json import PACKAGE_JSON
from configvars.sources.procfile import PROCFILE
from configvars.sources.render import RENDER
from configvars.sources.service import SERVICE
from configvars.sources.settings_files import SETTINGS_FILES
from configvars.sources.shell_script import SHELL_SCRIPT
from configvars.sources.tasks import TASKS
from configvars.sources.test_runners import TEST_RUNNERS
from configvars.sources.workflow import WORKFLOW

SOURCES: tuple[Source, ...] = (
    DOTENV,
    APP_JSON,
    HEROKU_YML,
    PROCFILE,
    SETTINGS_FILES,
    JINJA,
    SHELL_SCRIPT,
    MAKEFILE,
    JUSTFILE,
    PACKAGE_JSON,
    COMPOSE,
    DOCKERFILE,
    ENVRC,
    LAUNCH,
    TASKS,
    SERVICE,
    RENDER,
    FLY,
    APP_ENGINE,
    TEST_RUNNERS,
    WORKFLOW,
    MENTIONS,
)
"""The first source in this order that matches a file's name analyses the file."""
