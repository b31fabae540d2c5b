"""`check --deploy`: calls of web services and of AWS that fail while a program starts.

The calls were tried with Requests 2, HTTPX 0.28 and boto3 1.44.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import is_reported, severities

_OWN = "-- app.py --\nimport boto3, httpx, requests\nfrom config import A\n"
_CONFIG = '-- config.py --\nimport os\nA = os.getenv("A")\n'


@pytest.mark.parametrize(
    "code",
    [
        "requests.Session()",
        "requests.get(f'https://example.com/{A}')",
        "def f():\n    requests.get(f'{A}/x')",
        "if A:\n    requests.get(f'{A}/x')",
        "boto3.client('s3', region_name=A)",
        "boto3.client(load(), region_name=A)",
        "boto3.client('sqs', region_name=A or 'eu-west-1')",
        "boto3.resource('s3').Bucket(A or 'x')",
    ],
)
def test_call_that_may_succeed(tmp_path: Path, code: str) -> None:
    assert not is_reported(tmp_path, f"{_OWN}{code}\n{_CONFIG}")


@pytest.mark.parametrize(
    "code",
    [
        "requests.get(f'{A}/x')",
        "requests.request('GET', f'{A}/x')",
        "s = requests.Session()\ns.post(f'{A}/x', json={})",
        "httpx.get((A or '') + '/x')",
        "boto3.client('sqs', region_name=A)",
        "boto3.resource('dynamodb', A)",
        "boto3.resource('s3').Bucket(A)",
        "s3 = boto3.resource('s3')\ns3.Bucket(A)",
    ],
)
def test_call_that_fails(tmp_path: Path, code: str) -> None:
    assert is_reported(tmp_path, f"{_OWN}{code}\n{_CONFIG}")


def test_region_of_another_variable(tmp_path: Path) -> None:
    files = f"{_OWN}boto3.client('sqs', region_name=A)\n{_CONFIG}"
    assert not severities(tmp_path, files, "AWS_DEFAULT_REGION=1\n") & {"error", "warning"}
