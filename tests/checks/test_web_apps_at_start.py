"""`check --deploy`: what FastAPI, Starlette, Quart, aiohttp and Sanic run before they serve.

The apps of Quart and Starlette also get the event of their start really.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import failing, is_reported, starting

_READ = (
    "-- app.py --\nimport os\nfrom contextlib import asynccontextmanager\n"
    "from sqlalchemy import create_engine as make\nA = os.getenv('A')\n"
)
_QUART = f"-- Procfile --\nweb: hypercorn app:app\n{_READ}from quart import Quart\napp = Quart('x')\n"
_STARLETTE = (
    f"-- Procfile --\nweb: uvicorn app:app\n{_READ}from starlette.applications import Starlette\n"
    "@asynccontextmanager\nasync def life(app):\n"
)
_MADE = "app = Starlette(lifespan=life)\n"
_FASTAPI = f"-- Procfile --\nweb: uvicorn app:app\n{_READ}from fastapi import FastAPI\n"
_APP = f"{_FASTAPI}app = FastAPI()\n"
_HANDLER = "def start():\n    app.state.engine = make(A)\n"
_EVENT = f"@app.on_event('startup')\n{_HANDLER}"
_PYTHON = f"-- Procfile --\nweb: python app.py\n{_READ}"
_AIOHTTP = f"{_PYTHON}from aiohttp import web\nasync def start(app):\n    app['x'] = make(A)\n"
_SANIC = f"-- Procfile --\nweb: sanic app:app\n{_READ}from sanic import Sanic\napp = Sanic('x')\n"

# Sends an app the event of its start, and fails as a server does.
_LIFESPAN = (
    "import app, asyncio, os\nasync def receive():\n    return {'type': 'lifespan.startup'}\n"
    "async def send(message):\n    assert message['type'] == 'lifespan.startup.complete', message\n"
    "    os._exit(0)\nscope = {'type': 'lifespan', 'asgi': {'version': '3.0'}, 'state': {}}\n"
    "asyncio.run(app.app(scope, receive, send))"
)
REALLY_SILENT = {
    "Quart, when it ends": f"{_QUART}@app.after_serving\nasync def end():\n    make(A)\n",
    "Quart, behind a test": f"{_QUART}@app.before_serving\nasync def start():\n    A and make(A)\n",
    "Quart, in a view": f"{_QUART}@app.get('/')\nasync def start():\n    make(A)\n",
    "Quart, behind yield": f"{_QUART}@app.while_serving\nasync def life():\n    yield\n    make(A)\n",
    "a lifespan, behind yield": f"{_STARLETTE}    yield\n    make(A)\n{_MADE}",
    "a lifespan that is not passed": f"{_STARLETTE}    make(A)\n    yield\napp = Starlette()\n",
    "a lifespan in a try": (
        f"{_STARLETTE}    try:\n        make(A)\n    except Exception:\n        pass\n    yield\n{_MADE}"
    ),
    "another app": (
        f"{_STARLETTE}    make(A)\n    yield\nother = Starlette(lifespan=life)\napp = Starlette()\n"
    ),
}
REALLY_FOUND = {
    "Quart": f"{_QUART}@app.before_serving\nasync def start():\n    make(A)\n",
    "Quart while it serves": f"{_QUART}@app.while_serving\nasync def life():\n    make(A)\n    yield\n",
    "a lifespan": f"{_STARLETTE}    app.state.engine = make(A)\n    yield\n{_MADE}",
    "a lifespan with a state": (
        f"{_STARLETTE}    engine = make(A)\n    try:\n        yield {{'engine': engine}}\n"
        f"    finally:\n        pass\n{_MADE}"
    ),
    "a lifespan that calls": (
        f"{_STARLETTE}    await connect()\n    yield\nasync def connect():\n    return make(A)\n{_MADE}"
    ),
    "a module": (
        "-- db.py --\nimport os\nfrom sqlalchemy import create_engine as make\nA = os.getenv('A')\n"
        f"def connect():\n    return make(A)\n{_STARLETTE}"
        f"    from db import connect\n    connect()\n    yield\n{_MADE}"
    ),
}
SILENT = {
    "the end": _APP + _EVENT.replace("startup", "shutdown"),
    "a lifespan besides": (
        f"{_FASTAPI}@asynccontextmanager\nasync def life(app):\n    yield\n"
        f"app = FastAPI(lifespan=life)\n{_EVENT}"
    ),
    "a lifespan of a library": f"{_FASTAPI}from other import life\napp = FastAPI(lifespan=life)\n{_EVENT}",
    "an app that is not served": f"{_APP}other = FastAPI()\n{_EVENT.replace('@app', '@other')}",
    "an app that is wrapped": f"{_APP}{_EVENT}from other import wrap\napp = wrap(app)\n",
    "no lifespan": _APP.replace("app:app", "app:app --lifespan off") + _EVENT,
    "no server": _APP.replace("uvicorn app:app", "python app.py") + _EVENT,
    "a further decorator": (f"{_APP}from other import repeat\n@app.on_event('startup')\n@repeat\n{_HANDLER}"),
    "a route": f"{_APP}@app.get('/')\n{_HANDLER}",
    "a task": (
        f"{_APP}import asyncio\nasync def work():\n    make(A)\n@app.on_event('startup')\n"
        "async def start():\n    asyncio.create_task(work())\n"
    ),
    "aiohttp, the end": (
        f"{_AIOHTTP}app = web.Application()\napp.on_cleanup.append(start)\nweb.run_app(app)\n"
    ),
    "aiohttp, not run": f"{_AIOHTTP}app = web.Application()\napp.on_startup.append(start)\n",
}
FOUND = {
    "an event": _APP + _EVENT,
    "an event, async": _APP + _EVENT.replace("def start", "async def start"),
    "a handler": f"{_APP}{_HANDLER}app.add_event_handler('startup', start)\n",
    "a list": f"{_FASTAPI}{_HANDLER}app = FastAPI(on_startup=[start])\n",
    "a pool": (
        f"{_APP}import asyncpg\n@app.on_event('startup')\nasync def start():\n"
        "    app.state.pool = await asyncpg.create_pool(A)\n"
    ),
    "a client of Redis": (
        f"{_APP}import redis.asyncio as redis\n@app.on_event('startup')\nasync def start():\n"
        "    app.state.redis = redis.from_url(A)\n"
    ),
    "gunicorn": _APP.replace("uvicorn", "gunicorn -k uvicorn.workers.UvicornWorker") + _EVENT,
    "fastapi run": _APP.replace("uvicorn app:app", "fastapi run app.py") + _EVENT,
    "a factory": (
        f"{_FASTAPI.replace('app:app', 'app:build --factory')}def build():\n    app = FastAPI()\n"
        "    @app.on_event('startup')\n    def start():\n        make(A)\n    return app\n"
    ),
    "a program": (
        f"{_PYTHON}from fastapi import FastAPI\nimport uvicorn\napp = FastAPI()\n{_EVENT}"
        "if __name__ == '__main__':\n    uvicorn.run('app:app', port=80)\n"
    ),
    "a program with the app": (
        f"{_PYTHON}from fastapi import FastAPI\nimport uvicorn\napp = FastAPI()\n{_EVENT}uvicorn.run(app)\n"
    ),
    "aiohttp": f"{_AIOHTTP}app = web.Application()\napp.on_startup.append(start)\nweb.run_app(app)\n",
    "aiohttp in a function": (
        f"{_AIOHTTP}    yield\ndef main():\n    app = web.Application()\n    app.cleanup_ctx.append(start)\n"
        "    web.run_app(app)\nmain()\n"
    ),
    "Sanic": f"{_SANIC}@app.before_server_start\nasync def start(app, loop):\n    make(A)\n",
    "Sanic, a listener": (
        f"{_SANIC}@app.listener('before_server_start')\nasync def start(app):\n    make(A)\n"
    ),
    "Sanic, a method": (
        f"{_SANIC}async def start(app):\n    make(A)\napp.register_listener(start, 'before_server_start')\n"
    ),
}


test_app_that_starts = starting(REALLY_SILENT, _LIFESPAN)


test_app_that_fails = failing(REALLY_FOUND, _LIFESPAN)


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_what_does_not_run_before_it_serves(tmp_path: Path, files: str) -> None:
    assert not is_reported(tmp_path, files)


@pytest.mark.parametrize("files", FOUND.values(), ids=FOUND)
def test_what_runs_before_it_serves(tmp_path: Path, files: str) -> None:
    assert is_reported(tmp_path, files)
