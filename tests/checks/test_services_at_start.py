"""`check --deploy`: calls of web services and of AWS that fail while a program starts.

The calls were tried with Requests 2, HTTPX 0.28 and boto3 1.44.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import found_on_app, is_reported, severities

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


_BOTO = "-- app.py --\nimport boto3\n"


@pytest.mark.parametrize(
    "files",
    [
        f"{_BOTO}boto3.client('s3')\n",
        f"{_BOTO}def f():\n    boto3.client('sqs')\n",
        f"{_BOTO}boto3.client('sqs', 'eu-west-1')\n",
        f"{_BOTO}boto3.client('sqs', region_name=load())\n",
        f"{_BOTO}boto3.client('sqs', **load())\n",
        f"{_BOTO}boto3.client('sqs', config=load())\n",
        f"{_BOTO}boto3.setup_default_session(region_name='eu-west-1')\nboto3.client('sqs')\n",
        f"{_BOTO}boto3.Session(region_name='eu-west-1').client('sqs')\n",
        f"{_BOTO}try:\n    boto3.client('sqs')\nexcept Exception:\n    pass\n",
        f"{_BOTO}import os\nos.environ['AWS_DEFAULT_REGION'] = 'eu-west-1'\nboto3.client('sqs')\n",
        f"{_BOTO}boto3.client('sqs')\n-- .aws/config --\n[default]\nregion = eu-west-1\n",
        f"{_BOTO}boto3.client('sqs')\n-- .profile --\naws configure set region eu-west-1\n",
        f"{_BOTO}boto3.client('sqs')\n-- .profile --\nexport AWS_DEFAULT_REGION=eu-west-1\n",
    ],
)
def test_client_that_may_find_a_region(tmp_path: Path, files: str) -> None:
    assert not severities(tmp_path, files) & {"error", "warning"}


@pytest.mark.parametrize("variable", ["AWS_DEFAULT_REGION", "AWS_CONFIG_FILE", "AWS_PROFILE"])
def test_region_of_the_environment(tmp_path: Path, variable: str) -> None:
    files = f"{_BOTO}boto3.client('sqs')\n"
    assert not severities(tmp_path, files, f"{variable}=x\n") & {"error", "warning"}


@pytest.mark.parametrize(
    "files",
    [
        f"{_BOTO}boto3.client('sqs')\n",
        f"{_BOTO}import os\nboto3.resource('dynamodb', endpoint_url=os.getenv('B'))\n",
        "-- app.py --\nimport queues\n-- queues.py --\nimport boto3\nsqs = boto3.client('sqs')\n",
    ],
)
def test_client_without_a_region(tmp_path: Path, files: str) -> None:
    (found,) = [each for each in found_on_app(tmp_path, files) if each.check == "not-on-heroku"]
    assert (found.severity, found.variable and found.variable.name) == ("error", "AWS_DEFAULT_REGION")


def test_region_of_another_variable(tmp_path: Path) -> None:
    files = f"{_OWN}boto3.client('sqs', region_name=A)\n{_CONFIG}"
    assert not severities(tmp_path, files, "AWS_DEFAULT_REGION=1\n") & {"error", "warning"}
