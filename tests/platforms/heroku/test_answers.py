import json

import pytest

from configvars.platforms.base import PlatformApp
from configvars.platforms.heroku import answers
from configvars.secret import Secret

BROKEN = [b"", b"{", b"null", b"1", b'"x"', b"\xff", b"[" * 100_000, b'{"A": 1} trailing']


@pytest.mark.parametrize("data", [*BROKEN, b"[]", b'{"A": 1}', b'{"A": null}', b'{"A": {"B": "c"}}'])
def test_only_an_object_of_strings_is_an_answer(data: bytes) -> None:
    assert answers.read_config(data) is None


def test_values_are_wrapped_at_once() -> None:
    config = answers.read_config('{"A": "x\\n✓", "B": ""}'.encode())
    assert config == {"A": Secret("x\n✓"), "B": Secret("")}
    assert repr(config) == "{'A': ***, 'B': ***}"


@pytest.mark.parametrize("data", [*BROKEN, b"{}"])
def test_without_a_list_there_are_no_owners(data: bytes) -> None:
    assert answers.read_owners(data, "shop") is None
    assert answers.read_apps(data) is None


@pytest.mark.parametrize(
    ("addon", "owners"),
    [
        ({}, {}),
        (None, {}),
        ({"config_vars": ["A"]}, {}),
        ({"config_vars": ["A"], "app": {"name": "other"}, "name": "x"}, {}),
        ({"config_vars": "A", "app": {"name": "shop"}, "name": "x"}, {}),
        ({"config_vars": ["A", 1], "app": {"name": "shop"}, "name": "pg-1"}, {"A": "pg-1"}),
        ({"config_vars": ["A"], "app": {"name": "shop"}, "plan": {"name": "pg:mini"}}, {"A": "pg"}),
        ({"config_vars": ["A"], "app": {"name": "shop"}, "addon_service": {"name": "pg"}}, {"A": "pg"}),
        ({"config_vars": ["A"], "app": {"id": "shop"}, "name": "x"}, {"A": "x"}),
        ({"attachments": [{"name": "DB", "app": {"name": "shop"}}], "name": "x"}, {"DB_URL": "x"}),
        ({"attachments": [{"name": "DB", "app": {"name": "other"}}], "name": "x"}, {}),
        (
            {"config_vars": ["REDIS_URL", "REDIS_TLS_URL"], "app": {"name": "other"}, "name": "x",
             "attachments": [{"name": "CACHE", "app": {"name": "shop"}}]},
            {"CACHE_URL": "x", "CACHE_TLS_URL": "x"},
        ),
        (
            {"config_vars": ["SEARCH_KEY"], "app": {"name": "other"}, "name": "x",
             "attachments": [{"name": "SEARCH", "app": {"name": "other"}},
                             {"name": "S", "app": {"name": "shop"}}]},
            {"S_URL": "x", "S_KEY": "x"},
        ),
    ],
)  # fmt: skip
def test_owners(addon: object, owners: dict[str, str]) -> None:
    assert answers.read_owners(json.dumps([addon]).encode(), "shop") == owners


def test_apps_are_sorted_by_name_and_have_their_teams() -> None:
    told = b'[{"name": "b", "team": {"name": "acme"}}, {"name": "a", "team": null}, {"id": 1}, 3]'
    assert answers.read_apps(told) == (PlatformApp("a"), PlatformApp("b", "acme"))
    assert answers.read_apps(b"{}") is None


def test_the_apps_of_a_pipeline_are_in_the_order_of_its_stages() -> None:
    stages = {"a": "production", "d": "odd", "c": "review", "b": "production", "e": "staging"}
    apps = [{"name": name, "pipelineCoupling": {"stage": stage}} for name, stage in stages.items()]
    found = answers.read_pipeline(json.dumps({"pipeline": {}, "apps": apps}).encode())
    assert [app.name for app in found or ()] == ["c", "e", "a", "b", "d"]
    assert answers.read_pipeline(b"[]") is None


def test_the_stage() -> None:
    assert answers.read_stage(b'{"pipeline_coupling": {"stage": "production"}}') == "production"
    assert answers.read_stage(b'{"pipeline_coupling": null}') is None
    assert answers.read_stage(b'{"pipeline_coupling": {"stage": 3}}') is None
    assert answers.read_stage(b"[]") is None


@pytest.mark.parametrize(
    ("app", "production"),
    [
        ("shop", None), ("products", None), ("liveshop", None), ("shop-staging", False),
        ("shop-pr-12", False), ("prod-test", False), ("shop-prod", True),
        ("production-shop", True), ("shop-live", True), ("shop-prd", True), ("shop-prod2", True),
    ],
)  # fmt: skip
def test_production_apps_by_name(app: str, production: bool | None) -> None:
    assert answers.production_by_name(app) is production
