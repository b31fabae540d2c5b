"""`check --deploy`: what code sets or loads counts only if it certainly does so before the read."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.git import git
from support.projects import opened

WEB = "-- Procfile --\nweb: gunicorn app:app\n"
READS = 'KEY = os.environ["KEY"]\n'
FLASK = "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"
LOADED = "-- defaults.env --\nKEY=1\n"
DOTENV = "from dotenv import load_dotenv\n"

SURE = {
    "before the read": f'{WEB}-- app.py --\nimport os\nos.environ["KEY"] = "x"\n{READS}',
    "and removed in tests": (
        "-- Procfile --\nweb: gunicorn wsgi\n-- wsgi.py --\nimport os\nos.environ['KEY'] = 'x'\n"
        f"from config import KEY\n-- config.py --\nimport os\n{READS}"
        "-- tests/test_app.py --\nimport os\ndel os.environ['KEY']\n"
    ),
    "setdefault": f'{WEB}-- app.py --\nimport os\nos.environ.setdefault("KEY", "x")\n{READS}',
    "setdefault in a file without a Procfile": (
        f'-- app.py --\nimport os\nos.environ.setdefault("KEY", "x")\n{READS}'
    ),
    "in wsgi.py, before the import": (
        "-- Procfile --\nweb: gunicorn wsgi\n-- wsgi.py --\nimport os\nos.environ.setdefault('KEY', 'x')\n"
        f"from config import KEY\n-- config.py --\nimport os\n{READS}"
    ),
    "in wsgi.py, without a Procfile": (
        "-- wsgi.py --\nimport os\nos.environ.setdefault('KEY', 'x')\n"
        f"from config import KEY\n-- config.py --\nimport os\n{READS}"
    ),
    "in the __init__ of the package": (
        "-- Procfile --\nweb: gunicorn shop.app:app\n-- shop/__init__.py --\nimport os\n"
        "os.environ['KEY'] = 'x'\n"
        f"-- shop/app.py --\nimport os\n{READS}"
    ),
    "if it is not set": (
        "-- Procfile --\nweb: gunicorn shop.app:app\n-- shop/__init__.py --\nimport os\n"
        f"if 'KEY' not in os.environ:\n    os.environ['KEY'] = 'x'\n-- shop/app.py --\nimport os\n{READS}"
    ),
    "else": (
        "-- Procfile --\nweb: gunicorn shop.app:app\n-- shop/__init__.py --\nimport os\n"
        "if 'KEY' in os.environ:\n    pass\nelse:\n    os.environ['KEY'] = 'x'\n"
        f"-- shop/app.py --\nimport os\n{READS}"
    ),
    "if get returns nothing": (
        "-- Procfile --\nweb: gunicorn shop.app:app\n-- shop/__init__.py --\nimport os\n"
        f"if not os.environ.get('KEY'):\n    os.environ['KEY'] = 'x'\n-- shop/app.py --\nimport os\n{READS}"
    ),
    "except KeyError": (
        "-- Procfile --\nweb: gunicorn shop.app:app\n-- shop/__init__.py --\nimport os\n"
        "try:\n    os.environ['KEY']\nexcept KeyError:\n    os.environ['KEY'] = 'x'\n"
        f"-- shop/app.py --\nimport os\n{READS}"
    ),
    "on Heroku": (
        "-- Procfile --\nweb: gunicorn shop.app:app\n-- shop/__init__.py --\nimport os\n"
        f"if 'DYNO' in os.environ:\n    os.environ['KEY'] = 'x'\n-- shop/app.py --\nimport os\n{READS}"
    ),
    "in a function that is called before": (
        f'{WEB}-- app.py --\nimport os\ndef prepare():\n    os.environ["KEY"] = "x"\nprepare()\n'
        f"import config\n"
        f"-- config.py --\nimport os\n{READS}"
    ),
    "in a loop over literals": (
        f'{WEB}-- app.py --\nimport os\nfor name, value in {{"KEY": "x"}}.items():\n'
        f"    os.environ.setdefault(name, value)\nimport config\n-- config.py --\nimport os\n{READS}"
    ),
    "at the top, for a view": (
        f'{WEB}{FLASK}os.environ["KEY"] = "x"\n@app.get("/")\ndef index():\n    return os.environ["KEY"]\n'
    ),
    "after the definition of a view in another file": (
        f'{WEB}{FLASK}import views\nos.environ["KEY"] = "x"\n'
        '-- views.py --\nimport os\ndef index():\n    return os.environ["KEY"]\n'
    ),
    "in the main block that reads it": (
        f'{WEB}{FLASK}def main():\n    return os.environ["KEY"]\n'
        'if __name__ == "__main__":\n    os.environ["KEY"] = "x"\n    main()\n'
    ),
    "in the main block of a worker": (
        '-- Procfile --\nworker: python worker.py\n-- worker.py --\nimport os\nif __name__ == "__main__":\n'
        f'    os.environ["KEY"] = "x"\n    import config\n-- config.py --\nimport os\n{READS}'
    ),
    "by Django's files": (
        "-- Procfile --\nweb: gunicorn shop.wsgi\nrelease: ./release.sh\n"
        "-- shop/wsgi.py --\nimport os\nfrom django.core.wsgi import get_wsgi_application\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
        "application = get_wsgi_application()\n"
        "-- shop/settings.py --\nimport os\nNAME = os.environ['DJANGO_SETTINGS_MODULE']\n"
    ),
    "for Django's settings": (
        "-- Procfile --\nweb: gunicorn shop.wsgi\n"
        "-- shop/wsgi.py --\nimport os\nfrom django.core.wsgi import get_wsgi_application\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
        "os.environ.setdefault('KEY', 'x')\n"
        f"application = get_wsgi_application()\n-- shop/settings.py --\nimport os\n{READS}"
    ),
    "on the command line of each process": (
        f"-- Procfile --\nweb: KEY=x gunicorn app:app\nworker: KEY=y python app.py\n-- app.py --\n"
        f"import os\n{READS}"
    ),
    "in a file that is loaded before": (
        f'{WEB}{LOADED}-- app.py --\nimport os\n{DOTENV}load_dotenv("defaults.env")\n{READS}'
    ),
    "in a file that a factory loads": (
        "-- Procfile --\nweb: gunicorn 'app:create_app()'\n"
        f'{LOADED}-- app.py --\nimport os\n{DOTENV}def create_app():\n    load_dotenv("defaults.env")\n'
        f"    import config\n"
        f"-- config.py --\nimport os\n{READS}"
    ),
    "in the .env of the flask command": (
        f"-- Procfile --\nweb: flask --app app run\n-- .env --\nKEY=1\n{FLASK}{READS}"
    ),
    "in the .env of python-decouple": (
        f'{WEB}-- .env --\nKEY=1\n-- app.py --\nfrom decouple import config\nconfig("KEY")\n'
    ),
    "in the env_file of pydantic": (
        f"{WEB}{LOADED}-- app.py --\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\n"
        'class S(BaseSettings):\n    model_config = SettingsConfigDict(env_file="defaults.env")\n'
        "    key: str\n"
    ),
    "in a file that is loaded if it exists": (
        f"{WEB}{LOADED}-- app.py --\nimport os\n{DOTENV}"
        f'if os.path.exists("defaults.env"):\n    load_dotenv("defaults.env")\n{READS}'
    ),
    "in gunicorn's configuration": (
        f"{WEB}-- gunicorn.conf.py --\nimport os\nos.environ.setdefault('KEY', 'x')\n-- app.py --\n"
        f"import os\n{READS}"
    ),
    "in tests only": '-- tests/test_app.py --\nimport os\nos.environ["KEY"] = "x"\nos.environ["KEY"]\n',
}

ALWAYS = "error KEY is not set on Heroku app shop; the code fails there without it"
MAYBE = "warning KEY is not set on Heroku app shop; the code fails there without it, unless"
IN_WEB = "in the web process"
NOT_SURE = {
    "in the main block, under a server": (
        f'{WEB}{FLASK}{READS}if __name__ == "__main__":\n    os.environ["KEY"] = "x"\n    app.run()\n',
        f"{ALWAYS} (app.py:6 sets it, but only under python app.py), {IN_WEB}.",
    ),
    "in a function that only the main block calls": (
        f'{WEB}{FLASK}{READS}def dev():\n    os.environ["KEY"] = "x"\nif __name__ == "__main__":\n'
        f'    dev()\n',
        f"{ALWAYS} (app.py:6 sets it, but only under python app.py), {IN_WEB}.",
    ),
    "after the read": (
        f'{WEB}-- app.py --\nimport os\n{READS}os.environ["KEY"] = "x"\n',
        f"{ALWAYS} (app.py:3 sets it, but only after this read), {IN_WEB}.",
    ),
    "and removed again": (
        f'{WEB}-- app.py --\nimport os\nos.environ["KEY"] = "x"\ndel os.environ["KEY"]\n{READS}',
        f"{MAYBE} app.py:2 sets it before, {IN_WEB}.",
    ),
    "for child processes": (
        f'{WEB}-- app.py --\nimport os\nos.putenv("KEY", "x")\n{READS}',
        f"{ALWAYS}, {IN_WEB}.",
    ),
    "after the import of the code that reads": (
        f'{WEB}-- app.py --\nimport os\nimport config\nos.environ["KEY"] = "x"\n-- config.py --\n'
        f'import os\n{READS}',
        f"{ALWAYS} (app.py:3 sets it, but only after this read), {IN_WEB}.",
    ),
    "in a function that nothing calls": (
        f'{WEB}-- app.py --\nimport os\ndef dev():\n    os.environ["KEY"] = "x"\n{READS}',
        f"{MAYBE} app.py:3 sets it before, {IN_WEB}.",
    ),
    "under a switch": (
        f'{WEB}-- app.py --\nimport os\nif os.environ.get("DEV"):\n    os.environ["KEY"] = "x"\n{READS}',
        f"{MAYBE} app.py:3 sets it before, {IN_WEB}.",
    ),
    "unless another condition holds": (
        f'{WEB}-- app.py --\nimport os\nif "KEY" in os.environ:\n    pass\nelif os.environ.get("DEV"):\n'
        f'    pass\nelse:\n    os.environ["KEY"] = "x"\n{READS}',
        f"{MAYBE} app.py:7 sets it before, {IN_WEB}.",
    ),
    "if it is not Heroku": (
        f'{WEB}-- app.py --\nimport os\nif "DYNO" not in os.environ:\n    os.environ["KEY"] = "x"\n{READS}',
        f"{MAYBE} app.py:3 sets it before, {IN_WEB}.",
    ),
    "on Windows": (
        f'{WEB}-- app.py --\nimport os, sys\nif sys.platform == "win32":\n    os.environ["KEY"] = "x"\n'
        f'{READS}',
        f"{MAYBE} app.py:3 sets it before, {IN_WEB}.",
    ),
    "if a file exists": (
        f'{WEB}-- app.py --\nimport os\nif os.path.exists("x"):\n    os.environ["KEY"] = "x"\n{READS}',
        f"{MAYBE} app.py:3 sets it before, {IN_WEB}.",
    ),
    "in gunicorn's configuration, for a worker": (
        "-- Procfile --\nweb: gunicorn app:app\nworker: python app.py\n"
        f"-- gunicorn.conf.py --\nimport os\nos.environ.setdefault('KEY', 'x')\n-- app.py --\n"
        f"import os\n{READS}",
        f"{MAYBE} gunicorn.conf.py:2 sets it before, in the web and worker processes.",
    ),
    "if it is set": (
        f'{WEB}-- app.py --\nimport os\nif "KEY" in os.environ:\n'
        f'    os.environ["KEY"] = os.environ["KEY"].strip()\n'
        f"import config\n-- config.py --\nimport os\n{READS}",
        f"{MAYBE} app.py:3 sets it before, {IN_WEB}.",
    ),
    "if it is not set, after a possible return": (
        f'{WEB}-- app.py --\nimport os, sys\ndef f():\n    if sys.argv[1:]:\n        return\n'
        '    if "KEY" not in os.environ:\n        os.environ["KEY"] = "x"\nf()\nimport config\n'
        f"-- config.py --\nimport os\n{READS}",
        f"{MAYBE} app.py:6 sets it before, {IN_WEB}.",
    ),
    "in a file that no process starts": (
        f'{WEB}-- app.py --\nimport os\n{READS}-- run_local.py --\nimport os\nos.environ["KEY"] = "x"\n'
        f'import app\n',
        f"{ALWAYS} (run_local.py:2 sets it, but no process that needs it loads this file), {IN_WEB}.",
    ),
    "in scripts": (
        f'{WEB}-- app.py --\nimport os\n{READS}-- scripts/dev.py --\nimport os\nos.environ["KEY"] = "x"\n',
        f"{ALWAYS} (scripts/dev.py:2 sets it, but no process that needs it loads this file), {IN_WEB}.",
    ),
    "in another process": (
        f'-- Procfile --\nweb: gunicorn app:app\nworker: python worker.py\n-- app.py --\nimport os\n{READS}'
        '-- worker.py --\nimport os\nos.environ["KEY"] = "x"\nimport app\n',
        f"{MAYBE} worker.py:2 sets it before, in the web and worker processes.",
    ),
    "in the only known process": (
        "-- Procfile --\nweb: gunicorn wsgi\nrelease: ./release.sh\n-- wsgi.py --\nimport os\n"
        f"os.environ.setdefault('KEY', 'x')\nimport config\n-- config.py --\nimport os\n{READS}",
        f"{MAYBE} wsgi.py:2 sets it before, {IN_WEB}.",
    ),
    "in a program that may be the one, without a Procfile": (
        '-- app.py --\nimport config\n-- run.py --\nimport os\nos.environ["KEY"] = "x"\nimport config\n'
        f"-- config.py --\nimport os\n{READS}",
        f"{MAYBE} run.py:2 sets it before. ",
    ),
    "on the command line of one process": (
        f"-- Procfile --\nweb: gunicorn app:app\nworker: KEY=y python app.py\n-- app.py --\nimport os\n"
        f"{READS}",
        f"{ALWAYS}, in the web and worker processes.",
    ),
    "after a function that modules may call": (
        f'{WEB}-- app.py --\nimport os\nclass Config:\n    def load(self):\n'
        f'        return os.environ["KEY"]\n'
        'from registry import config\nconfig.load()\nimport late\n-- late.py --\nimport os\n'
        'os.environ["KEY"] = "x"\n'
        "-- registry.py --\n",
        f"{MAYBE} late.py:2 sets it before, {IN_WEB}.",
    ),
    "in a file that only the main block loads": (
        f'{WEB}{LOADED}-- app.py --\nimport os\n{DOTENV}{READS}'
        'if __name__ == "__main__":\n    load_dotenv("defaults.env")\n',
        f"{ALWAYS} (app.py:5 loads defaults.env, which sets it, but only under python app.py), {IN_WEB}.",
    ),
    "in a file that is loaded after the read": (
        f'{WEB}{LOADED}-- app.py --\nimport os\n{DOTENV}{READS}load_dotenv("defaults.env")\n',
        f"{ALWAYS} (app.py:4 loads defaults.env, which sets it, but only after this read), {IN_WEB}.",
    ),
    "in a file that is loaded if it is not Heroku": (
        f'{WEB}{LOADED}-- app.py --\nimport os\n{DOTENV}if "DYNO" not in os.environ:\n'
        f'    load_dotenv("defaults.env")\n{READS}',
        f"{MAYBE} app.py:4 loads defaults.env, which sets it before, {IN_WEB}.",
    ),
    "in the .env of another process's flask command": (
        "-- Procfile --\nweb: gunicorn app:app\nrelease: flask --app app db upgrade\n-- .env --\nKEY=1\n"
        f"{FLASK}{READS}",
        f"{ALWAYS}, in the release phase and the web process.",
    ),
}  # fmt: skip


def found(folder: Path, text: str) -> list[str]:
    """The findings of the gate about reads, for an app without config vars; git tracks all files."""
    it = opened(folder, f"-- heroku:shop --\n{text}")
    git(folder, "init", "-q")
    git(folder, "add", "-f", ".")
    project = judged(it.workspace, str(folder), deploying=True)
    return [
        f"{each.severity} {each.message}"
        for path in sorted(project.index.files)
        for each in run_checks(project, path)
        if each.check == "not-on-heroku"
    ]


@pytest.mark.parametrize("text", SURE.values(), ids=SURE)
def test_what_is_certainly_set(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(("text", "expected"), NOT_SURE.values(), ids=NOT_SURE)
def test_what_is_not_certainly_set(tmp_path: Path, text: str, expected: str) -> None:
    (told,) = found(tmp_path, text)
    assert told.startswith(expected)
