"""Examples of variables in env files that only another program loads."""

from __future__ import annotations

from configvars.model import Example

_LOADS = "import os\nfrom dotenv import load_dotenv\nload_dotenv()\n"

SAME_PROGRAM = Example(
    f"-- .env --\nA=1\n-- app.py --\nimport scraper.main\nimport common\n-- common.py --\n{_LOADS}os.environ['KEY']\n"
    f"-- scraper/.env --\nKEY=1\n-- scraper/main.py --\n{_LOADS}os.environ['KEY']\n",
    note="the program imports code that loads the file which sets it",
)
OTHER_PROGRAMS = (
    Example(
        "-- .env --\nA=1\n-- db.env --\nDB_PASSWORD=1\n-- compose.yaml --\nservices:\n  db:\n    image: postgres:16\n"
        "    env_file: db.env\n    environment:\n      DB_NAME: shop\n-- app.py --\nimport os\n"
        "os.environ['DB_PASSWORD']\nos.environ['DB_NAME']\n",
        (
            "app.py:2:13 warning DB_PASSWORD is missing from .env; this code fails without it (set in db.env, which nothing loads here) [fix: Add DB_PASSWORD to .env]",
            "app.py:3:13 warning DB_NAME is missing from .env; this code fails without it [fix: Add DB_NAME to .env]",
        ),
        note="set for a database only",
    ),
    Example(
        f"-- .env --\nA=1\n-- app.py --\n{_LOADS}os.environ['KEY']\n"
        f"-- scraper/.env --\nKEY=1\n-- scraper/main.py --\n{_LOADS}os.environ['KEY']\n",
        (
            "app.py:4:13 warning KEY is missing from .env; this code fails without it (set in scraper/.env, which nothing loads here) [fix: Add KEY to .env]",
        ),
        note="another program loads the file that sets it",
    ),
    Example(
        f"-- api/main.py --\n{_LOADS}os.environ['KEY']\n"
        f"-- scraper/.env --\nKEY=1\n-- scraper/main.py --\n{_LOADS}os.environ['KEY']\n",
        (
            "api/main.py:4:13 information KEY is required here, and there is no env file that could set it (set in scraper/.env, which nothing loads here) [fix: Create .env with the names that the code reads]",
        ),
        note="there is an env file, but only for another program",
    ),
)
