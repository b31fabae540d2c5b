import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from configvars.platforms.base import PlatformFailure
from configvars.platforms.heroku import command

COMMANDS = [command.config_vars, command.addons, command.app_info]


@pytest.mark.parametrize(
    "name", ["shop", "shop-staging", "a1b", "x" * 30, "01234567-89ab-cdef-0123-456789abcdef"]
)
def test_app_names(name: str) -> None:
    assert command.is_app_name(name)
    assert command.config_vars(name) == ("config", "--json", f"--app={name}")


@pytest.mark.parametrize(
    "name",
    ["", "ab", "x" * 31, "-x", "--help", "Shop", "shop-", "1shop", "shop\n", "shop name", "&calc", "a%PATH%b",
     "sho\0p", "shop;id", "żółć", "../shop", "shop\u0430pp"],
)  # fmt: skip
def test_invalid_app_names_are_not_passed_on(name: str) -> None:
    assert not command.is_app_name(name)
    for build in COMMANDS:
        with pytest.raises(PlatformFailure) as caught:
            build(name)
        assert caught.value.reason == "invalid-app"


@pytest.mark.parametrize("name", ["", "--help", "Shop", "shop\n", "shop;id"])
def test_invalid_names_of_pipelines_are_not_passed_on(name: str) -> None:
    with pytest.raises(PlatformFailure) as caught:
        command.pipeline_info(name)
    assert caught.value.reason == "unknown-pipeline"


@given(st.text(max_size=40) | st.from_regex(r"[-a-z0-9&|<>^%!\"' ]{1,35}"), st.sampled_from(COMMANDS))
@example("shop\n", command.config_vars)
def test_arguments_contain_no_other_characters(name: str, build: object) -> None:
    try:
        arguments = build(name)  # type: ignore[operator]
    except PlatformFailure:
        return
    assert all(re.fullmatch(r"[a-z0-9:=-]+", argument) for argument in arguments)
    assert arguments[-1] == f"--app={name}"


def test_the_environment_contains_only_allowed_variables() -> None:
    user = {"HOME": "/home/me", "LANG": "C", "LC_ALL": "C", "XDG_DATA_HOME": "/d"}
    network = {"HTTPS_PROXY": "p", "https_proxy": "p", "NO_PROXY": "n", "SSL_CERT_FILE": "/c"}
    heroku = {"HEROKU_API_KEY": "k", "HEROKU_HOST": "h", "HEROKU_GIT_HOST": "g", "HEROKU_HEADERS": "{}"}
    allowed = {
        "MISE_DATA_DIR": "/m",
        **user,
        **network,
        **heroku,
        "NODE_EXTRA_CA_CERTS": "/c",
        "NODE_USE_SYSTEM_CA": "1",
        "HEROKU_PARTICLEBOARD_URL": "u",
    }
    loud = ["HEROKU_DEBUG", "HEROKU_DEBUG_HEADERS", "DEBUG", "NODE_OPTIONS", "DISABLE_TELEMETRY"]
    foreign = ["GIT_DIR", "GIT_CONFIG_GLOBAL", "SECRET_KEY", "LD_PRELOAD", "PYTHONPATH", "HEROKU_APP", "ENV"]
    foreign += ["MISE_GITHUB_TOKEN", "ASDF_TOKEN"]
    refused = dict.fromkeys([*loud, *foreign], "no")
    child = command.child_environment({**allowed, **refused, "PATH": "/usr/bin:."}, [], "shop")
    assert {name: child.pop(name) for name in allowed} == allowed
    assert child == {
        "PATH": "/usr/bin",
        "HEROKU_APP": "shop",
        "DISABLE_TELEMETRY": "true",
        "HEROKU_SKIP_NEW_VERSION_CHECK": "true",
        "HEROKU_DISABLE_AUTOUPDATE": "true",
        "HEROKU_SKIP_ANALYTICS": "1",
        "NO_COLOR": "1",
        "NoDefaultCurrentDirectoryInExePath": "1",
        "OCLIF_COLUMNS": "10000",
    }


@pytest.mark.parametrize(
    "option",
    ["--require ./evil.js", "-r /evil.js", "--import=/evil.mjs", "--loader /evil.mjs", "--inspect-brk",
     "--trace-exit", "--env-file=/x", "--tls-keylog=/x", "--openssl-config=/x", "--use-openssl-ca;id",
     "--redirect-warnings=/x"],
)  # fmt: skip
def test_options_of_node_that_load_code_or_print_are_not_passed_on(option: str) -> None:
    child = command.child_environment({"NODE_OPTIONS": option, "MISE_GITHUB_TOKEN": "t"}, [], "shop")
    assert not {"NODE_OPTIONS", "MISE_GITHUB_TOKEN"} & child.keys()
    child = command.child_environment({"NODE_OPTIONS": f"{option} --use-openssl-ca"}, [], "shop")
    assert child["NODE_OPTIONS"] == "--use-openssl-ca"


@pytest.mark.parametrize(
    "option", ["--use-openssl-ca", "--use-system-ca", "--tls-min-v1.2 --max-old-space-size=4096"]
)
def test_options_of_node_that_the_users_network_needs(option: str) -> None:
    child = command.child_environment({"NODE_OPTIONS": option}, [], "shop")
    assert child["NODE_OPTIONS"] == option


def test_certificates_with_a_relative_path_are_those_of_the_users_folder(tmp_path: Path) -> None:
    given = {"NODE_EXTRA_CA_CERTS": "ca.pem", "SSL_CERT_FILE": str(tmp_path / "all.pem"), "SSL_CERT_DIR": ""}
    child = command.child_environment(given, [], "shop", cwd=str(tmp_path))
    assert {name: child[name] for name in given} == {**given, "NODE_EXTRA_CA_CERTS": str(tmp_path / "ca.pem")}


def test_version_managers_get_their_own_variables() -> None:
    given = {
        "ASDF_DATA_DIR": "/a",
        "ASDF_HEROKU_VERSION": "1",
        "MISE_DATA_DIR": "/m",
        "VOLTA_HOME": "/v",
    }
    child = command.child_environment(given, [], "shop")
    assert {name: child[name] for name in given} == given


def test_without_an_app_heroku_app_is_not_set() -> None:
    assert "HEROKU_APP" not in command.child_environment({"HEROKU_APP": "other"}, [], None)
