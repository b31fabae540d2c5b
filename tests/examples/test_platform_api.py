"""The Platform API as the demo starts it: the process prints its URL, and ends when it gets a signal."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from support.heroku import API_KEY, APPS
from support.parts import REPOSITORY


def ask(url: str, key: str) -> object:
    request = Request(url, headers={"Authorization": f"Bearer {key}"})
    with urlopen(request, timeout=10) as answer:
        return json.load(answer)


@pytest.mark.skipif(os.name == "nt", reason="ended by SIGTERM")
def test_it_prints_its_url_answers_and_ends(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    command = [sys.executable, "-m", "platform_api", "--port", "0", "--ready", str(ready)]
    with subprocess.Popen(command, cwd=REPOSITORY / "examples", stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        assert url == f"http://127.0.0.1:{ready.read_text()}"
        assert ask(f"{url}/apps/shop/config-vars", API_KEY) == APPS["shop"].config
        with pytest.raises(HTTPError, match="401") as refused:
            ask(f"{url}/apps/shop/config-vars", "wrong")
        refused.value.close()
        process.terminate()
        assert process.wait(10) == 0
