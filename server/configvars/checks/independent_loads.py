"""Whether code loads an env file whatever it has read before."""

from __future__ import annotations

from configvars.model import Example
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.follow import APP_RUN
from configvars.runs.loads import Load

_STRINGS = lazy_pattern(r"\"[^\"\n]*\"|'[^'\n]*'")
_FORMATTED = lazy_pattern(r"\b[fF][rR]?[\"']|\.format\(|%")
_NAMES = lazy_pattern(
    r"(?<![.\w])(?!(?:load_dotenv|find_dotenv|dotenv|_?[A-Z]*_?(?:DIR|ROOT)|Path|pathlib|os|override|verbose"
    r"|usecwd|encoding|dotenv_path|True|False|str|__file__)\b)[A-Za-z_]\w*"
)
_TESTS = frozenset(
    {"if_statement", "elif_clause", "else_clause", "conditional_expression", "boolean_operator"}
)


def is_independent(load: Load, project: Project) -> bool:
    """Whether code loads a file whatever it has read before: without a test around it or a name in its path."""
    if load.use.idiom == APP_RUN:
        return False
    tree = project.tree_of(load.loader)
    written = load.use.span.of(tree.text)
    if _NAMES.search(_STRINGS.sub("", written)) or _FORMATTED.search(written):
        return False
    start, end = tree.byte(load.use.span.start), tree.byte(load.use.span.end)
    node = tree.root.descendant_for_byte_range(start, end)
    while node is not None:
        if node.type in _TESTS and "__name__" not in tree.source(node).partition(":")[0]:
            return False
        node = node.parent
    return True


SILENT = (
    Example(
        "-- .env --\nSTAGE=dev\n-- .env.dev --\nSTAGE=dev\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\n"
        "stage = os.getenv('STAGE', 'dev')\nload_dotenv(f'.env.{stage}')\n",
        note="it decides which file is loaded",
    ),
    Example(
        "-- .env --\nSTAGE=dev\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\n"
        "if os.getenv('STAGE') != 'prod':\n    load_dotenv()\n",
        note="it decides whether the file is loaded",
    ),
)
EXAMPLES = (
    Example(
        "-- .env --\nKEY=1\nN=2\n-- config.py --\nimport os\nKEY = os.environ.get('KEY')\nN = os.getenv('N', '1')\n"
        "-- app.py --\nimport config\nfrom dotenv import load_dotenv\ndef main():\n    load_dotenv()\nmain()\n",
        (
            "config.py:2:23 information KEY is read before app.py:4 loads .env: this is None under python app.py and gunicorn, unless the environment sets it [see app.py:4:5: loads .env]",
            "config.py:3:16 information N is read before app.py:4 loads .env: the default is used under python app.py and gunicorn, unless the environment sets it [see app.py:4:5: loads .env]",
        ),
        note="reads that do not fail never get the value",
    ),
)
