"""Examples of programs and containers that do not get a variable which others have."""

from __future__ import annotations

from configvars.model import Example

_SERVICE = (
    "-- compose.yaml --\nservices:\n  web:\n    command: gunicorn app:app\n    environment:\n      A: 1\n"
)
_READS_BOTH = "-- app.py --\nimport os\nA, B = os.environ['A'], os.environ['B']\n"
_LOADS = "import os\nfrom dotenv import load_dotenv\nload_dotenv()"
WORKER = (
    "-- common.py --\nimport os\nKEY = os.environ['KEY']\n-- web.py --\nfrom dotenv import load_dotenv\n"
    "load_dotenv()\nimport common\napp = 1\n-- worker.py --\nimport common\n"
)
BOTH = "web:\n\tgunicorn web:app\nworker:\n\tpython worker.py\n"
_OWN_FILE = "    env_file: .env\n"
_SERVICES = (
    "-- .env --\nKEY=1\n-- compose.yaml --\nservices:\n  web:\n    command: gunicorn web:app\n"
    f"{_OWN_FILE}  worker:\n    command: python worker.py\n"
)
_OF_WORKER = f"services:\n  worker:\n{_OWN_FILE}"
_OTHER_PROGRAMS = WORKER.replace("from dotenv import load_dotenv\nload_dotenv()\n", "")
_LISTED_IN_THE_TEMPLATE = Example(
    f"-- .env --\nA=1\n-- .env.example --\nA=\nB=\n{_SERVICE}      B: 1\n{_READS_BOTH}",
    (
        "app.py:2:37 information B is missing from .env, although .env.example lists it; only compose.yaml sets it",
    ),
    note="deleted from the env file",
)
_BY_FLASK = "run:\n\tflask run\n"
_SERVED = "serve:\n\tgunicorn app:app\n"
_APP = "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\nos.environ['KEY']\n"
IN_ONE_PROGRAM = (
    Example(
        f"-- .flaskenv --\nKEY=1\n-- Makefile --\n{_BY_FLASK}{_SERVED}{_APP}",
        (
            "app.py:4:13 information KEY is not set for gunicorn app:app (Makefile), which loads no env file, unlike flask (Makefile); this code fails there without it [see Makefile:4:1: started here without KEY]",
        ),
        note="only the `flask` command loads the file",
    ),
    Example(
        f"-- .env --\nKEY=1\n-- Makefile --\n{BOTH}{WORKER}",
        (
            "common.py:2:19 warning KEY is not set for python worker.py (Makefile), which loads no env file, unlike gunicorn web:app (Makefile); this code fails there without it [see Makefile:4:1: started here without KEY]",
        ),
        note="only one program loads the file",
    ),
    Example(
        f"{_SERVICES}{_OTHER_PROGRAMS}",
        (
            "common.py:2:19 warning KEY is not set for python worker.py (compose.yaml); this code fails there without it [see compose.yaml:6:14: started here without KEY]",
        ),
        note="only one service has the file",
    ),
    Example(
        f"{_SERVICES}  second:\n    command: python worker.py\n{_OTHER_PROGRAMS}",
        (
            "common.py:2:19 warning KEY is not set for python worker.py (compose.yaml); this code fails there without it [see compose.yaml:6:14: started here without KEY] [see compose.yaml:8:14: started here without KEY]",
        ),
        note="two services with the same program",
    ),
    _LISTED_IN_THE_TEMPLATE,
    Example(
        f"-- .env --\nA=1\nB=1\n-- Dockerfile --\nENV A=1\nRUN python app.py\n{_READS_BOTH}",
        (
            "app.py:2:37 warning B is not set for RUN python app.py (Dockerfile); this code fails there without it [see Dockerfile:2:5: started here without B]",
        ),
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{_SERVICE}{_READS_BOTH}",
        (
            "app.py:2:37 warning B is not set for gunicorn app:app (compose.yaml); this code fails there without it [see compose.yaml:3:14: started here without B]",
        ),
        note="set on this machine, but not in the container",
    ),
)
IN_CONTAINERS = (
    Example(
        f"{_SERVICES}-- compose.override.yaml --\n{_OF_WORKER}{_OTHER_PROGRAMS}",
        note="Compose merges this file by itself",
    ),
    Example(
        f"{_SERVICES}-- compose.prod.yaml --\n{_OF_WORKER}{_OTHER_PROGRAMS}",
        note="a Compose file that `docker compose -f` may add",
    ),
    Example(
        f'{_SERVICES}-- entry.sh --\nexport KEY=$(cat /run/secrets/key)\nexec "$@"\n{_OTHER_PROGRAMS}',
        note="the entry point of the image may set it",
    ),
    Example(
        f"{_SERVICES}    extends:\n      file: common.yaml\n      service: app\n-- common.yaml --\n"
        f"{_OF_WORKER.replace('worker', 'app')}{_OTHER_PROGRAMS}",
        note="the service extends one of another file",
    ),
    Example(
        f"{_SERVICES.replace(_OWN_FILE, '')}{_OTHER_PROGRAMS}",
        note="the Compose file does not show how services get their variables",
    ),
    Example(
        f"-- .env --\nA=1\n-- .env.example --\nA=\n{_SERVICE}      B: 1\n{_READS_BOTH}",
        note="only Compose sets it, and the template does not list it",
    ),
    Example(
        '-- .env --\nA=1\n-- compose.yaml --\nservices:\n  web:\n    environment: {B: "1"}\n'
        '-- app.py --\nimport os\nos.environ["B"]\n',
        note="Compose sets it",
    ),
    Example(f"-- .env --\nKEY=1\n-- Makefile --\ninclude .env\nexport\n{BOTH}{WORKER}", note="make sets it"),
    Example(
        f"-- .env --\nKEY=1\n-- Procfile --\nweb: gunicorn web:app\nworker: python worker.py\n{WORKER}",
        note="config vars set it for both",
    ),
    Example(
        f"-- .env --\nKEY=1\n-- Makefile --\nworker:\n\tpython worker.py\n{WORKER}", note="only one program"
    ),
    Example(
        f"-- .env --\nKEY=1\n-- Makefile --\n{_BY_FLASK}-- Procfile --\nweb: gunicorn app:app\n{_APP}",
        note="config vars set it for gunicorn",
    ),
    Example(
        f"-- .flaskenv --\nKEY=1\n-- Procfile --\nweb: gunicorn app:app\nrelease: flask db upgrade\n{_APP}",
        note="config vars set it for both",
    ),
    Example(
        f"-- .env --\nKEY=1\n-- README.md --\nset -a; source .env; set +a\n-- Makefile --\n{_BY_FLASK}{_SERVED}{_APP}",
        note="loaded by hand",
    ),
    Example(
        "-- web/.env --\nKEY=1\n-- web/Pipfile --\n-- web/Makefile --\nrun:\n\tflask --app shop.app run\n"
        f"serve:\n\tgunicorn shop.app:app\n{_APP.replace('app.py', 'web/shop/app.py')}",
        note="pipenv loads it",
    ),
    Example(
        f"-- .env --\nKEY=1\n-- Makefile --\n{_BY_FLASK}serve:\n\tKEY=1 gunicorn app:app\n{_APP}",
        note="the command sets it",
    ),
    Example(
        f"-- .env --\nKEY=1\n-- Makefile --\n{_BY_FLASK}serve:\n\tgunicorn app:app\n"
        f"{_APP.replace('[', '.get(').replace(']', ')')}",
        note="gunicorn goes on without it",
    ),
    Example(f"-- .env --\nA=1\nB=1\n{_SERVICE}      B:\n{_READS_BOTH}", note="Compose passes it on"),
    Example(
        f"-- .env --\nA=1\nB=1\n{_SERVICE}    env_file: secret.env\n{_READS_BOTH}",
        note="a file that is not here may set it",
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{_SERVICE}{_READS_BOTH.replace('import os', _LOADS)}",
        note="the code loads .env",
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{_SERVICE}-- app.py --\nimport os\nfrom dotenv import load_dotenv\n"
        "load_dotenv('/run/secrets/app.env')\nA, B = os.environ['A'], os.environ['B']\n",
        note="the code loads a file that is not in this folder",
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{_SERVICE}-- Dockerfile --\nENV B=1\nCMD python app.py\n{_READS_BOTH}",
        note="the image sets it",
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n-- Dockerfile --\nENV A=1\nRUN B=2 python app.py\nRUN python app.py || true\n{_READS_BOTH}"
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{_SERVICE}-- app.py --\nimport os\nA = os.environ['A']\ndef later():\n"
        "    return os.environ['B']\n",
        note="only another service may call this",
    ),
)
"""What must not be reported: examples of the check."""
