"""The facts about a value that may be shown.

The keys are made up and split, so that secret scanners ignore them.
"""

from __future__ import annotations

from random import Random

import pytest

from configvars.secret import Secret
from configvars.secret_shapes import (
    has_password,
    is_known_key,
    is_placeholder,
    is_random,
    may_contain_secret,
    opens_a_database,
)

HEX = "9f2c1e7ab40d58c3e6f1a7b2d5e8f904"


@pytest.mark.parametrize(
    "value",
    [
        "AKIAEXAMPLE",
        "sk_test_" + HEX,
        "https://hooks.slack.com/services/",
        "-----BEGIN PUBLIC KEY-----",
        HEX,
        "-----BEGIN " + "RSA PRIVATE KEY-----",
        "-----BEGIN " + "PRIVATE KEY-----\n…\n-----END",
        "key-value",
        "ghp_short",
        "SG.x.y",
        "us-east-1",
        "9f2c:AA",
    ],
)
def test_strings_that_are_not_known_keys(value: str) -> None:
    assert not is_known_key(value)


@pytest.mark.parametrize(
    "value",
    [
        "AKIA" + "Z7QJ5NRW2MXE4TLK",
        "AIza" + "Sy" + "B3kq" * 8 + "x",
        "sk_" + "live_" + HEX,
        "ghp_" + "Ab3d" * 9,
        "glpat-" + "x1Y2" * 5,
        "xoxb-" + "1234567890-" * 2 + "aB3",
        "key-" + HEX,
        HEX + "-us12",
        "-----BEGIN " + "RSA PRIVATE KEY-----\\nMIIEow" + HEX,
        "123456789:AA" + "b" * 33,
        "Bearer ghp_" + "Ab3d" * 9,
    ],
)
def test_a_known_key(value: str) -> None:
    assert is_known_key(value)
    assert may_contain_secret(f"key = '{value}'".encode())


A, H, U = "Ab3d" * 20, HEX * 2, "A2B4" * 20
SERVICES = [
    *("A3TZ" + U[:16], "ASIA" + U[:16], "ABIA" + U[:16], "ACCA" + U[:16], "GOCSPX-" + A[:28]),
    *(
        "rk_" + "prod_" + A,
        "whsec_" + A[:24],
        "gho_" + A,
        "ghu_" + A,
        "ghs_" + A,
        "ghr_" + A,
        "github_pat_" + A,
    ),
    *(f"gl{kind}-{A}" for kind in ("ptt", "rt", "dt", "soat")),
    *("xapp-1-" + A, f"SG.{A[:20]}.{A[:40]}", "SK" + HEX, f"sk-ant-api03-{A}", "sk-proj-" + A),
    *(
        "sk-svcacct-" + A,
        "sk-admin-" + A,
        f"sk-{A[:20]}T3BlbkFJ{A[:20]}",
        "hf_" + "Abcd" * 8 + "Ab",
        "gsk_" + A,
    ),
    *("r8_" + A[:37], "npm_" + A[:36], "pypi-AgE" + A, *(f"do{kind}_v1_{H}" for kind in "opr"), "HRKU-" + A),
    *(f"shp{kind}_{HEX}" for kind in ("at", "ca", "pa", "ss")),
    *("sq0atp-" + A[:30], "sq0csp-" + A[:30], "dapi" + HEX, "lin_api_" + A[:40], "ntn_" + A),
    *(f"PMAK-{HEX[:24]}-{H[:34]}", "NRAK-" + U[:27], "sntrys_" + A, "sntryu_" + A, "dp.st." + A),
    *("AGE-SECRET-KEY-1" + U[:58], f"https://hooks.slack.com/services/T{U[:8]}/B{U[:8]}/{A[:24]}"),
]


@pytest.mark.parametrize("value", SERVICES)
def test_the_key_of_each_service_has_a_mark(value: str) -> None:
    assert is_known_key(value)
    assert may_contain_secret(f"key = '{value}'".encode())


def test_code_without_a_mark_is_not_searched() -> None:
    assert not may_contain_secret(b"import os\nos.environ['A']  # http://shop.io\n")


@pytest.mark.parametrize(
    "value",
    [
        "postgres://postgres:postgres@db.shop.eu/x",
        "postgres://u:h4-rTz8@localhost/x",
        "redis://:pw@10/0",
        "postgres://u:h4-rTz8@db/x",
        "mysql://u:password@db.shop.eu/x",
        "https://user@host.eu",
        "a:b@c",
        "postgres://u:${PASSWORD}@db.shop.eu/x",
        "amqp://guest:guest@rabbit.shop.eu",
        "x://u:h4-rTz8@db.local/",
    ],
)
def test_urls_without_a_real_password(value: str) -> None:
    assert not has_password(value)


def test_urls_with_a_password() -> None:
    assert has_password("postgres://u:h4-rTz8w@db.shop.eu/x")


@pytest.mark.parametrize(
    "value",
    [
        "mongodb+srv://username:yourPassword@cluster0.k3x9a.mongodb.net/shop",
        "mongodb+srv://user:<db_password>@cluster0.k3x9a.mongodb.net/shop",
        "mongodb+srv://user:my-db-pass@cluster0.k3x9a.mongodb.net/shop",
        "postgres://u:changethis@ec2-3-4-5-6.compute-1.amazonaws.com/x",
        "postgres://u:TahoeMontecito@db.shop.eu/x",
        "https://u:TahoeMontecito@x.mongodb.net/",
    ],
)
def test_urls_of_databases_without_a_real_password(value: str) -> None:
    assert not opens_a_database(value)


@pytest.mark.parametrize(
    "value",
    [
        "postgres://u:h4-rTz8wQ@db.shop.eu/x",
        "mongodb+srv://mainUser:TahoeMonteci" + "to!@team.k3x9a.mongodb.net/shop?retryWrites=true",
    ],
)
def test_urls_that_open_a_database(value: str) -> None:
    assert opens_a_database(value)


@pytest.mark.parametrize(
    "value",
    [
        "change-me",
        "<your key>",
        "$SECRET",
        "${SECRET}",
        "xxxxxxxx",
        "your-secret-key-2",
        "test_key_1",
        "***",
        "super secret key 1",
        "django-insecure-" + HEX,
        "{{ secret }}",
        "1234567890",
        "password1",
        "my-api-key",
        "this should never be in git",
        "shop:shop",
        "alias/auth",
        "/etc/shop/signing.pem",
        "troque-esta-chave-2025",
        "cambia_esta_clave_1",
        "changez-moi-2024",
        "bitte-aendern-123",
        "在这里填写你的密钥01",
    ],
)
def test_a_placeholder(value: str) -> None:
    assert is_placeholder(value)
    assert not is_random(value)


@pytest.mark.parametrize(
    "value",
    [
        "9f2abc7ab40d58c3e6f1a7b2",
        "Tr4ub0r-3xw",
        '_5#y2L"F4Q8z\n\xec]/',
        "qpwj zmei vkra tbno",
        "A0Zr98j/3yX R~XHH!jmN]LWX/,?RT",
        "3f8dev17b2foo94c1e6bar05",
    ],
)
def test_random_strings(value: str) -> None:
    assert not is_placeholder(value)
    assert is_random(value)


@pytest.mark.parametrize(
    "value", ["kafka-broker:29092", "db1.eu-west.internal:5432", "kafka1:9092,kafka2:9092, kafka3:9092"]
)
def test_addresses_of_servers_are_not_random(value: str) -> None:
    assert not is_random(value)
    assert not Secret(value).facts().looks_random


@pytest.mark.parametrize(
    "value",
    [
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
        b"\xd5\xfb\x8f\x01",
        b"\x00" * 24,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x00\x00\x00\x00",
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x21\x00",
        "grüße-ändern-öfter".encode(),
        "пароль приложения".encode(),
        "Schlüssel für später".encode("latin-1"),
        b"change\tme\nbefore\tuse",
    ],
)
def test_bytes_that_are_not_random(value: bytes) -> None:
    assert not is_random(value.decode("latin-1"))


def test_the_output_of_urandom_is_random() -> None:
    generator = Random(18)
    values = [generator.randbytes(size) for size in (12, 16, 24, 32, 64, 128) for _ in range(300)]
    missed = [value for value in values if not is_random(value.decode("latin-1"))]
    assert len(missed) < len(values) / 100


@pytest.mark.parametrize(
    ("value", "secrecy"),
    [
        ("", "placeholder"),
        ("hunter2!", "plain"),
        ("encrypted:BNot", "encrypted"),
        ("change-me", "placeholder"),
        ("AKIA" + "Z7QJ5NRW2MXE4TLK", "key"),
        ("-----BEGIN " + "PRIVATE KEY-----", "key"),
        ("-----BEGIN " + "PUBLIC KEY-----\nMIIBIj" + HEX, "placeholder"),
    ],
)
def test_facts_about_a_value(value: str, secrecy: str) -> None:
    assert Secret(value).facts().secrecy == secrecy
