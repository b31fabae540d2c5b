"""`check --deploy`: the tasks that a worker of Celery loads when it starts, and what Django loads for it.

The programs were run with Celery 5.7 and Django 5.2: `celery -A proj worker`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import is_reported

_WORKER = "-- Procfile --\nworker: celery -A proj worker --loglevel INFO\n"
_PROJECT = (
    "-- requirements.txt --\ncelery\nDjango\n-- proj/__init__.py --\n-- shop/__init__.py --\n"
    "-- proj/settings.py --\nimport os\nSECRET_KEY = 'x'\nINSTALLED_APPS = ['shop']\n"
    "A = os.environ.get('A')\n-- proj/celery.py --\nimport os\nfrom celery import Celery\n"
)
_DJANGO = f"{_PROJECT}os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'proj.settings')\n"
_APP = "app = Celery('proj', broker='memory://')\n"
_FINDS = f"{_DJANGO}{_APP}app.autodiscover_tasks()\n"
_FAILS = "from django.conf import settings\nN = settings.A + '/x'\n"
_TASKS = f"-- shop/tasks.py --\n{_FAILS}"

SILENT = {
    "tasks that nothing looks for": f"{_WORKER}{_DJANGO}{_APP}{_TASKS}",
    "tasks of an app that is not installed": f"{_WORKER}{_FINDS}{_TASKS}".replace("['shop']", "[]"),
    "other modules": f"{_WORKER}{_FINDS}{_TASKS}".replace(
        "autodiscover_tasks()", "autodiscover_tasks([], 'jobs')"
    ),
    "a task": (
        f"{_WORKER}{_FINDS}-- shop/tasks.py --\nfrom celery import shared_task\n"
        "from django.conf import settings\n@shared_task\ndef send():\n    return settings.A + '/x'\n"
    ),
    "a default": f"{_WORKER}{_FINDS}{_TASKS}".replace("settings.A +", "(settings.A or 'x') +"),
    "no worker": f"-- Procfile --\nworker: celery -A proj inspect ping\n{_FINDS}{_TASKS}",
    "another app": f"{_WORKER}{_DJANGO}{_APP}other = Celery('x')\nother.autodiscover_tasks()\n{_TASKS}",
}
FOUND = {
    "tasks": f"{_WORKER}{_FINDS}{_TASKS}",
    "the scheduler": f"-- Procfile --\nbeat: celery -A proj beat\n{_FINDS}{_TASKS}",
    "tasks of packages": f"{_WORKER}{_FINDS}{_TASKS}".replace("tasks()", "tasks(['shop'])"),
    "tasks of a function": f"{_WORKER}{_FINDS}{_TASKS}".replace("tasks()", "tasks(lambda: ['shop'])"),
    "modules with another name": (
        f"{_WORKER}{_FINDS}{_TASKS}".replace("tasks()", "tasks(related_name='jobs')").replace(
            "/tasks", "/jobs"
        )
    ),
    "included modules": f"{_WORKER}{_DJANGO}{_TASKS}app = 1\n".replace(
        "-- shop/tasks", "app = Celery('proj', broker='memory://', include=['shop.tasks'])\n-- shop/tasks"
    ),
    "models": f"{_WORKER}{_DJANGO}{_APP}-- shop/models.py --\n{_FAILS}",
    "apps that are ready": (
        f"{_WORKER}{_FINDS}-- shop/apps.py --\nfrom django.apps import AppConfig\n"
        "from django.conf import settings\nclass Shop(AppConfig):\n    name = 'shop'\n"
        "    def ready(self):\n        settings.A.lower()\n"
    ),
}


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_workers_that_start(tmp_path: Path, files: str) -> None:
    assert not is_reported(tmp_path, files)


@pytest.mark.parametrize("files", FOUND.values(), ids=FOUND)
def test_workers_that_fail(tmp_path: Path, files: str) -> None:
    assert is_reported(tmp_path, files)
