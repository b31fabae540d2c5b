"""Which keys of env files may be shown as names, and which may be part of a secret."""

from __future__ import annotations

import base64
import random

import pytest

from configvars.catalog import known_names
from configvars.syntax.env_names import is_name, is_upper_name, looks_random

NAMES = [
    "A", "_X", "x", "DEBUG", "AWS_S3_BUCKET_NAME_2", "OAUTH2_CLIENT_SECRET_KEY", "AUTH0_DOMAIN",
    "K8S_NAMESPACE", "S3", "LOG4J2_LEVEL", "MD5SHA256KEY", "X509V3CERT", "npm_config_user_agent",
    "springDatasourceUrl", "azureAdB2CClientId", "sk_test_mode", "LOG4J2_FORMAT_MSG_NO_LOOKUPS",
    "NEXT_PUBLIC_GA4_ID", "VERYLONGNAMEINCAPITALSALONE",
]  # fmt: skip
KEYS = [
    "AKIAIOSFODNN7EXAMPLE", "sk_live_51HxYzabcdef", "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "JBSWY3DPEHPK3PXP7XQ2Z", "f2c1e7ab40d58c3e6f1a7b2", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
    "eyJhbGciOiJIUzI1NiJ9", "KEY_9f2c1e7ab40d58c3",
]  # fmt: skip
NO_NAMES = ["", "A-B", "a.b", "2FA", '"A"', "A B", "Ä", "abc+/", "A\n", "[x](command:run)", "\x1b[31m"]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_shown(name: str) -> None:
    assert is_name(name)
    assert is_upper_name(name) is (name == name.upper())


@pytest.mark.parametrize("name", [*KEYS, *NO_NAMES])
def test_possible_secrets_are_not_shown(name: str) -> None:
    assert not is_name(name)
    assert not is_upper_name(name)


def test_no_well_known_name_looks_random() -> None:
    assert not [name for name in known_names() if looks_random(name)]


def test_lines_of_private_keys_look_random() -> None:
    chance = random.Random(1)
    lines = [base64.b64encode(chance.randbytes(48)).decode() for _ in range(2000)]
    assert not [line for line in lines if is_name(line)]
    hexes = [f"a{chance.randbytes(16).hex()}" for _ in range(2000)]
    assert sum(map(is_name, hexes)) < 40
