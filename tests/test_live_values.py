"""Which values affect real accounts or data, so that a question is asked before they are written."""

from __future__ import annotations

import pytest

from configvars.live_values import is_live

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
    assert not is_live(value)


@pytest.mark.parametrize(
    "value",
    [
        "sk_" + "live_" + WORD,
        "rzp_" + "live_ABCDEFGHIJKLMN",
        "shippo_" + "live_" + WORD,
        "live_" + WORD + WORD[:10],
        "access-" + "production-12345678-1234-1234",
        "access_token$" + "production$abc$def",
        "FLWSECK" + "-" + WORD + "-X",
        "xnd_" + "production_" + WORD,
        "EZAK" + WORD * 2,
        "skey_" + WORD.lower()[:19],
        '{"stripe": "sk_' + 'live_x"}',
        "mssql+pyodbc://u:Tq8zV3kL9w@srv.database.windows.net/db",
        "postgres://u:secretpw@db.example.com/prod",
        "postgres://shop:shop@ec2-1.compute.amazonaws.com/d1",
        "mysql+pymysql://u:p@ss@db.shop.eu/shop",
        "rediss://:pw@ec2-1.compute.amazonaws.com:6379",
        "mongodb+srv://u:pw@shop.mongodb.net",
        "oracle+oracledb://u:pw@db.shop.eu/x",
        "jdbc:postgresql://ec2-1.compute.amazonaws.com:5432/d1?user=u&password=x",
        "host=db.shop.eu dbname=shop password=x",
        "Driver={ODBC Driver 18};Server=tcp:srv.database.windows.net,1433;Uid=u;Pwd=x",
        "mssql+pyodbc:///?odbc_connect=Driver%3DX%3BServer%3Dtcp%3Asrv.database.windows.net%3BPwd%3Dx",
    ],
)
def test_live_keys_and_databases_on_other_machines(value: str) -> None:
    assert is_live(value)
