"""The checks: one file each, and one line here."""

from __future__ import annotations

from collections.abc import Iterable

from configvars.checks.addon_not_on_heroku import ADDON_NOT_ON_HEROKU
from configvars.checks.apps_differ import APPS_DIFFER
from configvars.checks.bare_name import BARE_NAME
from configvars.checks.base import Check
from configvars.checks.changing_secret_key import CHANGING_SECRET_KEY
from configvars.checks.config_file_not_deployed import CONFIG_FILE_NOT_DEPLOYED
from configvars.checks.config_object_not_found import CONFIG_OBJECT_NOT_FOUND
from configvars.checks.config_too_large import CONFIG_TOO_LARGE
from configvars.checks.declared_not_on_heroku import DECLARED_NOT_ON_HEROKU
from configvars.checks.default_of_another_type import DEFAULT_OF_ANOTHER_TYPE
from configvars.checks.dotenv_as_python import DOTENV_AS_PYTHON
from configvars.checks.duplicate_variable import DUPLICATE_VARIABLE
from configvars.checks.empty_variable import EMPTY_VARIABLE
from configvars.checks.ephemeral_storage import EPHEMERAL_STORAGE
from configvars.checks.flask_app_not_found import FLASK_APP_NOT_FOUND
from configvars.checks.forbidden_variable import FORBIDDEN_VARIABLE
from configvars.checks.hardcoded_secret import HARDCODED_SECRET
from configvars.checks.ignored_config_key import IGNORED_CONFIG_KEY
from configvars.checks.ignored_field_env import IGNORED_FIELD_ENV
from configvars.checks.instance_folder_on_heroku import INSTANCE_FOLDER_ON_HEROKU
from configvars.checks.invalid_name import INVALID_NAME
from configvars.checks.invalid_setting import INVALID_SETTING
from configvars.checks.late_config_key import LATE_CONFIG_KEY
from configvars.checks.mangled_path import MANGLED_PATH
from configvars.checks.missing_env_file import MISSING_ENV_FILE
from configvars.checks.missing_optional_variable import MISSING_OPTIONAL_VARIABLE
from configvars.checks.missing_variable import MISSING_VARIABLE
from configvars.checks.misspelt_config_key import MISSPELT_CONFIG_KEY
from configvars.checks.misspelt_variable import MISSPELT_VARIABLE
from configvars.checks.non_string_value import NON_STRING_VALUE
from configvars.checks.not_git_ignored import NOT_GIT_IGNORED
from configvars.checks.not_on_heroku import NOT_ON_HEROKU
from configvars.checks.only_on_heroku import ONLY_ON_HEROKU
from configvars.checks.overridden_on_heroku import OVERRIDDEN_ON_HEROKU
from configvars.checks.overwritten_variable import OVERWRITTEN_VARIABLE
from configvars.checks.partly_encrypted import PARTLY_ENCRYPTED
from configvars.checks.postgres_scheme import POSTGRES_SCHEME
from configvars.checks.prefix_collision import PREFIX_COLLISION
from configvars.checks.read_before_load import READ_BEFORE_LOAD
from configvars.checks.readable_by_others import READABLE_BY_OTHERS
from configvars.checks.readers_disagree import READERS_DISAGREE
from configvars.checks.rediss_certificate import REDISS_CERTIFICATE
from configvars.checks.removed_config_key import REMOVED_CONFIG_KEY
from configvars.checks.required_config_key import REQUIRED_CONFIG_KEY
from configvars.checks.run import run
from configvars.checks.string_truthiness import STRING_TRUTHINESS
from configvars.checks.syntax_error import SYNTAX_ERROR
from configvars.checks.text_config_value import TEXT_CONFIG_VALUE
from configvars.checks.tracked_by_git import TRACKED_BY_GIT
from configvars.checks.unconvertible_value import UNCONVERTIBLE_VALUE
from configvars.checks.undeclared_variable import UNDECLARED_VARIABLE
from configvars.checks.undefined_interpolation import UNDEFINED_INTERPOLATION
from configvars.checks.unguarded_conversion import UNGUARDED_CONVERSION
from configvars.checks.unknown_config_key import UNKNOWN_CONFIG_KEY
from configvars.checks.unloaded_env_file import UNLOADED_ENV_FILE
from configvars.checks.unreadable_env_file import UNREADABLE_ENV_FILE
from configvars.checks.unreadable_file import UNREADABLE_FILE
from configvars.checks.unset_config_key import UNSET_CONFIG_KEY
from configvars.checks.unused_suppression import unused_suppression
from configvars.checks.unused_variable import UNUSED_VARIABLE
from configvars.model import Finding
from configvars.project import Project

_OTHERS: tuple[Check, ...] = (
    # in code; about variables that are not set, the most severe first
    NOT_ON_HEROKU,
    MISSING_VARIABLE,
    MISSING_OPTIONAL_VARIABLE,
    READ_BEFORE_LOAD,
    MISSING_ENV_FILE,
    UNDECLARED_VARIABLE,
    STRING_TRUTHINESS,
    UNGUARDED_CONVERSION,
    DEFAULT_OF_ANOTHER_TYPE,
    NON_STRING_VALUE,
    # in env files
    UNREADABLE_ENV_FILE,
    UNREADABLE_FILE,
    UNLOADED_ENV_FILE,
    SYNTAX_ERROR,
    DUPLICATE_VARIABLE,
    BARE_NAME,
    INVALID_NAME,
    MANGLED_PATH,
    UNCONVERTIBLE_VALUE,
    EMPTY_VARIABLE,
    FORBIDDEN_VARIABLE,
    IGNORED_FIELD_ENV,
    MISSPELT_VARIABLE,
    UNUSED_VARIABLE,
    UNDEFINED_INTERPOLATION,
    READERS_DISAGREE,
    NOT_GIT_IGNORED,
    TRACKED_BY_GIT,
    READABLE_BY_OTHERS,
    PARTLY_ENCRYPTED,
    ONLY_ON_HEROKU,
    # about Flask and Heroku
    INSTANCE_FOLDER_ON_HEROKU,
    CONFIG_FILE_NOT_DEPLOYED,
    FLASK_APP_NOT_FOUND,
    OVERRIDDEN_ON_HEROKU,
    EPHEMERAL_STORAGE,
    IGNORED_CONFIG_KEY,
    MISSPELT_CONFIG_KEY,
    UNSET_CONFIG_KEY,
    REQUIRED_CONFIG_KEY,
    CONFIG_OBJECT_NOT_FOUND,
    LATE_CONFIG_KEY,
    CHANGING_SECRET_KEY,
    OVERWRITTEN_VARIABLE,
    DOTENV_AS_PYTHON,
    UNKNOWN_CONFIG_KEY,
    REMOVED_CONFIG_KEY,
    TEXT_CONFIG_VALUE,
    PREFIX_COLLISION,
    HARDCODED_SECRET,
    POSTGRES_SCHEME,
    REDISS_CERTIFICATE,
    CONFIG_TOO_LARGE,
    DECLARED_NOT_ON_HEROKU,
    ADDON_NOT_ON_HEROKU,
    APPS_DIFFER,
    # about our own settings
    INVALID_SETTING,
)
CHECKS: tuple[Check, ...] = (*_OTHERS, unused_suppression(_OTHERS))


def run_checks(project: Project, path: str, checks: Iterable[Check] = CHECKS) -> tuple[Finding, ...]:
    """The findings of `checks` (default: all) in one file, ordered by place; settings and comments are applied."""
    return run(checks, project, path)
