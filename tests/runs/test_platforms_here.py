"""Variables that platforms set: they are missing only if nothing shows that the project is deployed."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.runs.platforms_here import given_by_platform
from support.projects import opened

CODE = "-- .env --\nA=1\n-- app.py --\nimport os\nos.environ['PORT']\n"
STEP = "-- .github/workflows/ship.yml --\njobs:\n  a:\n    steps:\n      - uses: "
MANIFEST = "kind: Deployment\nspec:\n  env:\n    - name: "


@pytest.mark.parametrize(
    "files",
    [
        "",
        f"{STEP}actions/checkout@v4\n",
        f"-- k8s/web.yaml --\n{MANIFEST}A_PORT\n",
        "-- main.tf --\nresource 'aws_s3_bucket' 'files' {}\n",
        "-- docs/runtime.txt --\npython-3.13\n",
        "-- README.md --\nPORT=8000 python app.py\n",
    ],
)
def test_nothing_sets_the_port(tmp_path: Path, files: str) -> None:
    assert not given_by_platform(opened(tmp_path, CODE + files).project, "PORT")


@pytest.mark.parametrize(
    "files",
    [
        "-- web/Procfile --\nweb: python app.py\n",
        "-- heroku:shop --\nA=1\n",
        "-- runtime.txt --\npython-3.13\n",
        "-- serverless.yml --\nservice: shop\n",
        "-- cloudbuild.yaml --\nsteps: []\n",
        f"{STEP}azure/webapps-deploy@v3\n",
        f"{STEP}google-github-actions/deploy-cloudrun@v2\n",
        "-- infra/main.tf --\nresource 'google_cloud_run_v2_service' 'web' {}\n",
        f"-- k8s/web.yaml --\n{MANIFEST}PORT\n",
        "-- deploy/tasks.yml --\n- shell: PORT=8000 python app.py\n",
        "-- web.py --\nimport os\nos.environ['DYNO']\n",
    ],
)
def test_something_sets_the_port(tmp_path: Path, files: str) -> None:
    assert given_by_platform(opened(tmp_path, CODE + files).project, "PORT")


def test_a_workflow_without_names_also_runs_the_code(tmp_path: Path) -> None:
    project = opened(tmp_path, f"{CODE}{STEP}actions/checkout@v4\n").project
    assert given_by_platform(project, "GITHUB_SHA")
    assert not given_by_platform(project, "CI_COMMIT_SHA")
