"""The tests of a module are where one looks for them: `tests/cli/test_apps.py` tests `cli/apps.py`.

A table in `tests/names/tables` is named after a module, too.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mutants.covering import FOLDERS

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "server" / "configvars"
ROOMS = sorted(each.name for each in PACKAGE.iterdir() if (each / "__init__.py").exists())

# Tests of a whole package from one point of view; each says in its first line what that is.
THEMES = {
    "checks": {
        *(
            "certain_fixes",
            "conditions_on_apps",
            "depth",
            "env_file_fixes",
            "growth",
            "registry",
            "set_first",
        ),
        *(
            "chosen_configuration",
            "argparse_at_start",
            "caught_at_start",
            "celery_at_start",
            "clients_at_start",
            "computed_at_start",
            "computed_names_at_start",
            "current_app_at_start",
            "functions_that_never_return",
            "named_attributes_at_start",
            "returns_at_start",
            "flask_at_start",
            "databases_at_start",
            "calls_at_start",
            "decorators_at_start",
            "dicts_at_start",
            "enumerations_at_start",
            "flags_at_start",
            "perhaps_at_start",
            "pydantic_at_start",
            "dialects_under_flask",
            "env_files_as_keys",
            "named_before_read",
            "django_at_start",
            "django_setup_at_start",
            "needed_at_start",
            "unknown_conditions",
            "values_oracle",
            "writes_that_count",
        ),
        *(
            "flask_keys_on_apps",
            "known_starts",
            "library_reads_at_start",
            "linked_env_files_and_git",
            "local_servers_at_start",
            "migrations_at_start",
            "scripts_at_start",
            "services_at_start",
            "tries_at_start",
            "unbound_at_start",
            "ways_at_start",
            "web_apps_at_start",
        ),
    },
    "cli": {
        *(
            "advised_commands",
            "bad_input",
            "check_options",
            "deploy",
            "deploy_django",
            "deploy_is_never_weaker",
            "deploy_options",
            "diff_and_explain",
            "files_at_several_links",
            "linked_folders",
        ),
        *(
            "formats/formats",
            "growth",
            "mistakes",
            "no_permission",
            "submodules",
            "unread_code",
            "what_an_app_lacks",
        ),
        "schemas",
        "without_env_file",
    },
    "edits": {"edits", "every_dialect"},
    "features": {
        "bare_names",
        "env_file_forms",
        "growth",
        "margins",
        "navigation",
        "no_values",
        "outline",
        "unread_files",
    },
    "lsp": {
        *(
            "commands_with_heroku",
            "edits_through_links",
            "every_method",
            "folders_found",
            "malformed",
            "memory",
            "other_checkouts",
            "pulled_diagnostics",
            "same_file",
        ),
        *("sessions", "trust", "unread_files"),
    },
    "names": {"names", "tables"},
    "readers": {"copies_and_guards", "odd_files", "registry"},
    "resolve": {"circles_of_modules", "cliques", "incremental", "only_wanted_files", "tables"},
    "runs": {"unread_givers"},
    "sources": {"growth", "pasted_keys", "registry"},
    "syntax": {"dotenv_parity", "git_repositories"},
    "workspace": {"drift", "events", "faults", "link_events", "long_files", "moves"}
    | {"open_and_excluded", "text_of"},
}


def named_after(room: str) -> set[str]:
    """The modules, without extension, after which files of tests are named."""
    folder = TESTS / FOLDERS.get(room, room)
    names = (each.relative_to(folder) for each in folder.rglob("test_*.py"))
    return {(name.parent / name.stem.removeprefix("test_")).as_posix() for name in names}


def modules(room: str) -> set[str]:
    """The modules and packages in a package, without extension."""
    folder = PACKAGE / room
    return {each.relative_to(folder).with_suffix("").as_posix() for each in folder.rglob("*.py")} | {
        each.parent.relative_to(folder).as_posix() for each in folder.rglob("__init__.py")
    }


@pytest.mark.parametrize("room", ROOMS)
def test_files_of_tests_are_named_after_modules(room: str) -> None:
    assert named_after(room) - modules(room) == THEMES.get(room, set())


@pytest.mark.parametrize("table", sorted(TESTS.glob("*/tables/*.txt")), ids=lambda table: table.stem)
def test_tables_are_named_after_modules(table: Path) -> None:
    room = table.parents[1].name
    themes = {"classes", "linking", "wrappers", "env-files", "flask-order"} if room == "resolve" else set()
    assert table.stem in modules(room) | themes
