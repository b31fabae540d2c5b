"""Which values affect real accounts or data, so that a question is asked before they are written."""

from __future__ import annotations

import pytest

from configvars.live_values import live_kind

WORD = "Tq8zV3kL9wBn4Xr7Yp2M"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "production",
        "live_chat",
        "my-live-bucket",
        "sk_" + "test_" + WORD,
        "rzp_" + "test_ABCDEFGHIJKLMN",
        "test_" + WORD * 2,
        "access-" + "sandbox-12345678-1234-1234",
        "access_token$sandbox$abc",
        "FLWSECK_TEST-" + WORD,
        "SB-Mid-server-" + WORD,
        "EZTK" + WORD,
        "skey_" + "test_" + WORD.lower(),
        "xnd_" + "development_" + WORD,
        "postgres://u:Tq8zV3kL9w@localhost/db",
        "postgres://u:p@ss@db/shop",
        "mssql+pyodbc://u:Tq8zV3kL9w@127.0.0.1/db",
        "redis://:pw@cache.internal:6379",
        "postgres://db.shop.eu/shop",
        "https://u:Tq8zV3kL9w@shop.eu/feed",
        "sqlite:///db.sqlite3",
        "jdbc:postgresql://localhost:5432/shop?user=u&password=x",
        "jdbc:postgresql://db.shop.eu/shop",
        "host=localhost dbname=shop password=x",
        "https://shop.eu/reset?password=x",
        "Server=(localdb);Password=x",
    ],
)
def test_values_that_affect_nothing_real(value: str) -> None:
    assert live_kind(value) == ""


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("sk_" + "live_51" + WORD * 4, "Stripe key"),
        ("sk_" + "live_" + "0123456789" * 4, "Paystack key"),
        ("sk_" + "live_" + WORD * 2, "key"),
        ("live_" + "gsk_" + WORD, "Toss Payments key"),
        ("amqps://u:pw@owl.rmq.cloudamqp.com/x", "message broker"),
        ("sk_" + "live_" + WORD, "Stripe key"),
        ("rzp_" + "live_ABCDEFGHIJKLMN", "Razorpay key"),
        ("shippo_" + "live_" + WORD, "Shippo key"),
        ("live_" + WORD + WORD[:10], "key"),
        ("access-" + "production-12345678-1234-1234", "Plaid key"),
        ("access_token$" + "production$abc$def", "Braintree key"),
        ("FLWSECK" + "-" + WORD + "-X", "Flutterwave key"),
        ("xnd_" + "production_" + WORD, "Xendit key"),
        ("EZAK" + WORD * 2, "EasyPost key"),
        ("skey_" + WORD.lower()[:19], "Omise key"),
        ('{"stripe": "sk_' + 'live_x"}', "Stripe key"),
        ("mssql+pyodbc://u:Tq8zV3kL9w@srv.database.windows.net/db", "SQL Server database"),
        ("postgres://u:secretpw@db.example.com/prod", "PostgreSQL database"),
        ("postgres://shop:shop@ec2-1.compute.amazonaws.com/d1", "PostgreSQL database"),
        ("mysql+pymysql://u:p@ss@db.shop.eu/shop", "MySQL database"),
        ("rediss://:pw@ec2-1.compute.amazonaws.com:6379", "Redis server"),
        ("mongodb+srv://u:pw@shop.mongodb.net", "MongoDB database"),
        ("oracle+oracledb://u:pw@db.shop.eu/x", "database"),
        ("jdbc:postgresql://ec2-1.compute.amazonaws.com:5432/d1?user=u&password=x", "PostgreSQL database"),
        ("host=db.shop.eu dbname=shop password=x", "database"),
        ("Driver={ODBC Driver 18};Server=tcp:srv.database.windows.net,1433;Uid=u;Pwd=x", "database"),
        (
            "mssql+pyodbc:///?odbc_connect=Driver%3DX%3BServer%3Dtcp%3Asrv.database.windows.net%3BPwd%3Dx",
            "SQL Server database",
        ),
    ],
)
def test_live_keys_and_databases_on_other_machines(value: str, kind: str) -> None:
    assert live_kind(value) == kind
