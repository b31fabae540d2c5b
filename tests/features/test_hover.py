"""What hover shows about a variable, in code and in env files. It never contains a value."""

from __future__ import annotations

import pytest

from configvars.features.hover import hover

FILES = """\
-- app.json --
{"env": {"SECRET_KEY": {"description": "Signs *sessions*", "required": true}}}
-- .env.example --
SECRET_KEY=
-- heroku:shop --
SECRET_KEY=canary-6f1d9a7b3c5e8024
ONLY_THERE=1
DATABASE_URL=postgres://canary @postgresql-round-12345
-- heroku:shop-staging --
SECRET_KEY=other
-- .env --
SECRET_KEY=canary-6f1d9a7b3c5e8024
DATABASE_URL=postgresql://canary@localhost/shop
PORT_NUMBER=5000
EMPTY=
BARE
KEY="-----BEGIN PRIVATE KEY-----\\ncanary"
"""


def rendered(it):
    answer = hover(it.project, *it.cursor)
    if answer is None:
        return None
    assert "canary" not in answer.markdown
    return f"{answer.span.of(it.project.text_of(it.cursor[0]))}\n{answer.markdown}"


def test_everything_about_a_variable(project):
    it = project(
        FILES + '-- app.py --\nimport os\nos.environ["SECRET<CURSOR>_KEY"]\nos.getenv("SECRET_KEY", "x")\n'
    )
    assert (
        rendered(it)
        == """\
SECRET_KEY
**`SECRET_KEY`** — set in `.env:1`, on `shop`, `shop-staging`

Signs \\*sessions\\* *(app.json)*

Set in:
- `.env:1`: a random string, of medium length

Declared in:
- `.env.example:1`
- `app.json:1` (required)

On Heroku:
- `shop`: set · same value locally
- `shop-staging`: set · differs from the local value

Read by:
- `app.py:2` (required)
- `app.py:3` (defaulted)"""
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("DATABASE_URL", "a URL (postgresql://…), of medium length"),
        ("PORT_NUMBER", "a number, short"),
        ("EMPTY", "empty"),
        ("BARE", "a name without =, which sets nothing"),
        ("KEY", "a PEM block, of medium length"),
    ],
)
def test_facts_about_a_value(project, name, said):
    it = project(FILES + f'-- app.py --\nimport os\nos.environ["<CURSOR>{name}"]\n')
    assert said in rendered(it)


def test_a_variable_that_only_an_app_has(project):
    it = project(FILES + '-- app.py --\nimport os\nos.environ["ONLY_THERE<CURSOR>"]\n')
    assert "- `shop`: set · not set locally\n- `shop-staging`: not set" in rendered(it)


def test_a_variable_that_an_add_on_owns(project):
    it = project(FILES + '-- app.py --\nimport os\nos.environ["DATABASE_URL<CURSOR>"]\n')
    assert "`shop`: set · add-on postgresql-round-12345 owns it · differs" in rendered(it)


def test_an_empty_value_differs_from_nothing(project):
    it = project('-- heroku:shop --\nA=1\n-- .env --\nA=\n-- app.py --\nimport os\nos.environ["A<CURSOR>"]\n')
    assert "- `shop`: set\n" in rendered(it)


def test_the_catalogue_has_a_description(project):
    it = project('import os\nos.environ["PORT<CURSOR>"]\n')
    assert "The port that a web dyno must listen on" in rendered(it)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("PORT", "set by Heroku"),
        ("NOWHERE", "no file here sets it"),
        ("ONLY_THERE", "set on `shop`"),
        ("TEMPLATE_ONLY", "declared in `.env.example:2`"),
        ("TWICE", "set in `.env:7`, `.flaskenv:1`"),
        ("EMPTY", "empty in `.env:4`"),
    ],
)
def test_the_first_line_says_what_sets_it(project, name, line):
    more = "-- .flaskenv --\nTWICE=1\n"
    files = FILES.replace("SECRET_KEY=\n", "SECRET_KEY=\nTEMPLATE_ONLY=\n", 1) + "TWICE=1\n" + more
    it = project(files + f'-- app.py --\nimport os\nos.environ["<CURSOR>{name}"]\n')
    assert rendered(it).splitlines()[1] == f"**`{name}`** — {line}"


def test_in_an_env_file_and_in_an_interpolation(project):
    it = project("-- .env --\nA=1\nB=${A<CURSOR>}\n")
    assert rendered(it).startswith("A\n**`A`**")
    it = project("-- .env --\n<CURSOR>A=1\nB=${A}\n")
    assert "Read by:\n- `.env:2` (defaulted)" in rendered(it)


def test_names_are_never_markup(project):
    it = project('-- app.py --\nimport os\nos.environ["[x](command:run)`<CURSOR>"]\n')
    assert rendered(it).splitlines()[1] == "**`` [x](command:run)` ``** — no file here sets it"


def test_comments_of_templates_are_shown_but_not_those_of_files_with_values(project):
    it = project(
        "-- .env --\n# the canary of 2020\nA<CURSOR>=1 # canary\n-- .env.example --\n# the key\nA=\n"
    )
    assert "the key" in rendered(it)


TEMPLATE = """\
# Copy this file to .env
FIRST=

# Mail
MAIL_SERVER=
MAIL_PORT=

# The key that signs sessions
SECRET_KEY=
DEBUG=

# ---- Payment ----
# From the dashboard
STRIPE_KEY=
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("FIRST", ""),
        ("MAIL_SERVER", ""),
        ("MAIL_PORT", ""),
        ("DEBUG", ""),
        ("SECRET_KEY", "The key that signs sessions *(.env.example)*"),
        ("STRIPE_KEY", "From the dashboard *(.env.example)*"),
    ],
)
def test_a_comment_above_a_line_is_its_description_but_a_heading_is_not(project, name, said):
    it = project(f'-- .env.example --\n{TEMPLATE}-- app.py --\nimport os\nos.environ["<CURSOR>{name}"]\n')
    told = [line for line in rendered(it).split("\n\n") if line.endswith("*(.env.example)*")]
    assert told == ([said] if said else [])


def test_comments_at_the_start_of_a_template_are_about_the_file(project):
    code = '-- app.py --\nimport os\nos.environ["<CURSOR>A"]\n'
    it = project(f"-- .env.example --\n# Shop: copy this file\n# by us\nA=\n{code}")
    assert "by us" not in rendered(it)


@pytest.mark.parametrize(
    ("above", "described"),
    [
        ("# Uncomment in production\n# DEBUG_TOOLBAR=0\n", False),
        ("# Set this to 1 for more output\n#VERBOSE=1\n", False),
        ("# Uncomment in production\n#export TOOLBAR=0\n# How loud\n", "How loud"),
        ("# One of low, high. Example:\n# LEVEL=low\n", "One of low, high. Example:"),
        ("# required variables below\n", False),
        ("# Two levels below debug\n", "Two levels below debug"),
    ],
)
def test_a_comment_about_another_line_is_no_description(project, above, described):
    code = '-- app.py --\nimport os\nos.environ["<CURSOR>LEVEL"]\n'
    it = project(f"-- .env.example --\nA=\n\n{above}LEVEL=\n{code}")
    told = [line for line in rendered(it).split("\n\n") if line.endswith("*(.env.example)*")]
    assert told == ([f"{described} *(.env.example)*"] if described else [])


CONFIG = """\
# Shop
import os

# The key of the dashboard's account
# (ask the shop team)
STRIPE_KEY = os.environ["STRIPE_KEY"]

# Mail
MAIL_SERVER = os.environ["MAIL_SERVER"]
MAIL_PORT = os.environ["MAIL_PORT"]

# ---- Payment ----
# In cents
LIMIT = os.environ["LIMIT"]  # noqa

# noqa: E501
# was hunter2
TOKEN = os.environ["TOKEN"]
'''
# in a string'''
QUOTED = os.environ["QUOTED"]

# Where the orders are
URL = os.environ["USER"] + os.environ["PASSWORD"]


class Config:
    # Whose name is on the invoices
    SENDER: str = os.environ.get("SENDER", "")
    # Not an assignment
    print(os.environ["PRINTED"])


# far away

FAR = os.environ["FAR"]
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("MAIL_SERVER", ""),
        ("MAIL_PORT", ""),
        ("TOKEN", ""),
        ("QUOTED", ""),
        ("USER", ""),
        ("PASSWORD", ""),
        ("PRINTED", ""),
        ("FAR", ""),
        ("STRIPE_KEY", "The key of the dashboard's account (ask the shop team) *(config.py)*"),
        ("LIMIT", "In cents *(config.py)*"),
        ("SENDER", "Whose name is on the invoices *(config.py)*"),
    ],
)
def test_a_comment_above_an_assignment_in_code_is_a_description_of_its_variable(project, name, said):
    it = project(f'-- config.py --\n{CONFIG}-- app.py --\nimport os\nos.environ["<CURSOR>{name}"]\n')
    told = [line for line in rendered(it).split("\n\n") if line.endswith("*(config.py)*")]
    assert told == ([said] if said else [])


def test_a_comment_above_the_key_of_a_flask_configuration_describes_it(project):
    it = project(
        "-- config.py --\nimport os\n\n# Signs the sessions of the shop\nSIGNING_KEY = os.environ['K']\n"
        "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
        "app.config.from_pyfile('config.py')\napp.config['SIGNING<CURSOR>_KEY']\n"
    )
    assert "Signs the sessions of the shop *(config.py)*" in rendered(it)


def test_a_comment_that_begins_the_file_is_about_the_file(project):
    code = '# The settings of the shop\nA = __import__("os").environ["<CURSOR>A"]\n'
    assert "settings of the shop" not in rendered(project(f"-- app.py --\n{code}"))


def test_places_are_known_by_their_text(project):
    it = project(FILES + '-- app.py --\nimport os\nos.environ["SECRET<CURSOR>_KEY"]\n')
    places = hover(it.project, *it.cursor).places
    assert {words: it.place(place) for words, place in places.items()} == {
        "`.env:1`": ".env:1:1 SECRET_KEY",
        "`.env.example:1`": ".env.example:1:1 SECRET_KEY",
        "`app.json:1`": "app.json:1:11 SECRET_KEY",
        "`app.py:2`": "app.py:2:13 SECRET_KEY",
    }


def test_many_readers_are_counted(project):
    it = project("-- app.py --\nimport os\n" + 'os.environ["A"]\n' * 9 + "-- .env --\nA<CURSOR>=1\n")
    assert rendered(it).endswith("- `app.py:6` (required)\n- and 4 more")


@pytest.mark.parametrize(
    "text", ["import os<CURSOR>\n", "-- .env --\nA=1<CURSOR>\n", "-- .env --\n# A<CURSOR>\n"]
)
def test_no_hover_without_a_variable(project, text):
    assert rendered(project(text)) is None


def test_the_libraries_that_read_it_by_themselves(project):
    it = project("-- requirements.txt --\nboto3\n-- .env --\nAWS_<CURSOR>CONFIG_FILE=x\n")
    assert "Read by libraries:\n- boto3 (`botocore/configprovider.py:" in rendered(it)


def test_libraries_that_the_project_does_not_use(project):
    assert "boto3" not in rendered(project("-- .env --\nAWS_<CURSOR>CONFIG_FILE=x\n"))


STORY = """\
-- conf.py --
import os
class Base:
    PAGE = 10
    TOKEN = os.environ["TOKEN"]
-- app.py --
from flask import Flask
app = Flask(__name__)
app.config.from_object("conf.Base")
app.config["PAGE"] = 20
app.config["ONCE"] = 1
"""


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("ONCE", ""),
        ("TOKEN", ""),
        ("PAGE", "- `app.py:2`: set by app.py:4 (a number); conf.py:3 does not count"),
        ("NOWHERE", "- `app.py:2`: not set"),
        ("DEBUG", "- `app.py:2`: not set by this code; Flask has a default"),
    ],
)
def test_the_history_of_a_flask_key(project, key, told):
    markdown = hover_of(project, f'{STORY}app.config["<CURSOR>{key}"]\n')
    _, _, story = markdown.partition("In the app's configuration:\n")
    assert story.partition("\n\n")[0] == told


def hover_of(project, files):
    it = project(files)
    return hover(it.project, *it.cursor).markdown


LOADED_BY_A_JOB = """\
-- .env --
OTHER=1
-- job/.env --
KEY=1
-- app.py --
import os
from dotenv import load_dotenv
load_dotenv()
os.environ["KEY{}"]
-- job/main.py --
import os
from dotenv import load_dotenv
load_dotenv()
os.environ["KEY{}"]
"""


@pytest.mark.parametrize(
    ("cursors", "line"),
    [
        (("", "<CURSOR>"), "**`KEY`** — set in `job/.env:1`"),
        (("<CURSOR>", ""), "**`KEY`** — set in `job/.env:1`, which nothing loads here"),
    ],
)
def test_the_first_line_says_that_only_another_program_loads_the_file(project, cursors, line):
    it = project(LOADED_BY_A_JOB.format(*cursors))
    assert rendered(it).splitlines()[1] == line
