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
