"""`check --deploy`: objects of libraries that refuse the None which another module read.

The programs were run with discord.py 2.7 and Telethon. tests/catalog/test_refusals.py calls the functions of
libraries that are installed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import is_reported

_CONFIG = '-- config.py --\nimport os\nTOKEN = os.getenv("A")\nclass Config:\n    TOKEN = os.getenv("A")\n'
_BOT = "-- app.py --\nimport discord, config\nclient = discord.Client(intents=None)\n"

SILENT = {
    "tested": f"{_CONFIG}{_BOT}if config.TOKEN:\n    client.run(config.TOKEN)\n",
    "another object": f"{_CONFIG}{_BOT}class C:\n    def run(self, token):\n        pass\n"
    "C().run(config.TOKEN)\n",
    "a method of a derived class": (
        f"{_CONFIG}{_BOT}class C(discord.Client):\n    def run(self, token):\n        print(token)\n"
        "C().run(config.TOKEN)\n"
    ),
    "a method of a class between": (
        f"{_CONFIG}{_BOT}class B(discord.Client):\n    def run(self, token):\n        print(token)\n"
        "class C(B):\n    pass\nC().run(config.TOKEN)\n"
    ),
    "in the main block": f'{_CONFIG}{_BOT}if __name__ == "__main__":\n    client.run(config.TOKEN)\n',
    "in a function that nothing calls": f"{_CONFIG}{_BOT}def start():\n    client.run(config.TOKEN)\n",
    "another value": f'{_CONFIG}{_BOT}client.run(config.TOKEN or "x")\n',
}
FOUND = {
    "of a module": f"{_CONFIG}{_BOT}client.run(config.TOKEN)\n",
    "by name": f"{_CONFIG}{_BOT}client.run(token=config.TOKEN)\n",
    "of a class": f"{_CONFIG}{_BOT}from config import Config\nclient.run(Config.TOKEN)\n",
    "in a function": f"{_CONFIG}{_BOT}def start():\n    client.run(config.TOKEN)\nstart()\n",
    "an object of another module": (
        f"{_CONFIG}-- bot.py --\nimport discord\nclient = discord.Client()\n"
        "-- app.py --\nfrom bot import client\nfrom config import TOKEN\nclient.run(TOKEN)\n"
    ),
    "a derived class": (
        f"{_CONFIG}{_BOT}class C(discord.Client):\n    async def on_ready(self):\n        pass\n"
        "C().run(config.TOKEN)\n"
    ),
    "a coroutine": (
        f"{_CONFIG}{_BOT}import asyncio\nasync def main():\n    async with client:\n"
        "        await client.start(config.TOKEN)\nasyncio.run(main())\n"
    ),
    "an empty default": (
        '-- config.py --\nimport os\nHASH = os.environ.get("A", "")\n'
        "-- app.py --\nimport config\nfrom telethon import TelegramClient\n"
        'bot = TelegramClient("x", 6, config.HASH)\n'
    ),
    "a URL": (
        '-- config.py --\nimport os\nREDIS = os.getenv("A")\n'
        "-- app.py --\nimport redis, config\nconnection = redis.from_url(config.REDIS)\n"
    ),
}


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_program_that_passes_no_none(tmp_path: Path, files: str) -> None:
    assert not is_reported(tmp_path, files)


@pytest.mark.parametrize("files", FOUND.values(), ids=FOUND)
def test_program_that_passes_none(tmp_path: Path, files: str) -> None:
    assert is_reported(tmp_path, files)
