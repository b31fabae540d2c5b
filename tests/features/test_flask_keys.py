"""What hover and completion show about Flask's configuration keys."""

from __future__ import annotations

import pytest

from configvars.features.completion import completion
from configvars.features.hover import hover
from support.projects import opened

CONFIG = """\
-- app.py --
from flask import Flask
from config import Production
app = Flask(__name__)
app.config.from_object(Production)
print(app.config["SECRET_KEY"], app.config["SHOP_NAME"])
-- config.py --
import os
class Base:
    SECRET_KEY = "dev"
class Production(Base):
    SECRET_KEY = os.environ["SHOP_SECRET"]
"""


def hovered(tmp_path, text):
    it = opened(tmp_path, text)
    found = hover(it.project, *it.cursor)
    return found.markdown if found else None


def test_the_hover_of_a_key(tmp_path):
    markdown = hovered(tmp_path, CONFIG.replace('["SECRET_KEY"]', '["SECR<CURSOR>ET_KEY"]'))
    assert markdown is not None
    lines = markdown.splitlines()
    assert lines[0] == "**`SECRET_KEY`** — Flask configuration, set in `config.py:3`, `config.py:5`"
    assert "Type: `str | bytes | None`. default: `None`." in lines
    assert "- `config.py:3`: in `Base`" in lines
    assert "- `config.py:5`: in `Production`, from `SHOP_SECRET`" in lines


def test_a_variable_names_the_key_that_it_sets(tmp_path):
    markdown = hovered(tmp_path, CONFIG.replace('"SHOP_SECRET"', '"SHOP_<CURSOR>SECRET"'))
    assert markdown is not None
    assert "Feeds Flask's `SECRET_KEY`" in markdown


def test_a_prefixed_variable_names_the_key_that_it_sets(tmp_path):
    text = "-- .env --\nFLASK_MAIL<CURSOR>__PORT=25\n-- app.py --\nfrom flask import Flask\n"
    markdown = hovered(tmp_path, text + "app = Flask(__name__)\napp.config.from_prefixed_env()\n")
    assert markdown is not None
    assert "Feeds Flask's `MAIL`" in markdown


def test_a_removed_key_says_what_to_use(tmp_path):
    text = 'from flask import Flask\napp = Flask(__name__)\napp.config["JSON_SORT_<CURSOR>KEYS"] = False\n'
    markdown = hovered(tmp_path, text)
    assert markdown is not None
    assert "no longer reads this since 2.3. Use `app.json.sort_keys`." in markdown


def completed(tmp_path, text):
    it = opened(tmp_path, text)
    found = completion(it.project, *it.cursor)
    return [item.label for item in found.items] if found else []


PREFIXED = (
    "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
    "app.config.from_prefixed_env()\napp.config['MINE']\n"
)


def test_an_env_file_offers_names_with_the_prefix(tmp_path):
    labels = completed(tmp_path, f"{PREFIXED}-- .env --\nFLASK_<CURSOR>\n")
    assert {"FLASK_MINE", "FLASK_SECRET_KEY", "FLASK_MAIL_PORT"} <= set(labels)


def test_an_env_file_offers_no_keys_if_nothing_loads_them(tmp_path):
    labels = completed(tmp_path, "-- app.py --\nimport os\nos.environ['A']\n-- .env --\nFLASK_<CURSOR>\n")
    assert "FLASK_SECRET_KEY" not in labels


@pytest.mark.parametrize("line", ["SESS<CURSOR> = 1", "SESS<CURSOR>", "<CURSOR>"])
def test_a_key_of_a_class_that_is_loaded_is_completed(tmp_path, line):
    text = CONFIG.replace('    SECRET_KEY = "dev"', f'    SECRET_KEY = "dev"\n    {line}')
    labels = completed(tmp_path, text)
    assert {"SESSION_COOKIE_SECURE", "SHOP_NAME"} <= set(labels)
    assert "SHOP_SECRET" not in labels


@pytest.mark.parametrize("line", ["SESS<CURSOR> = 1", "SESS<CURSOR>"])
def test_a_class_that_is_not_loaded_has_no_keys(tmp_path, line):
    text = f'{CONFIG}class Shop:\n    NAME = "x"\n    {line}\n'
    assert completed(tmp_path, text) == []


def test_the_key_of_an_assignment_is_a_key(tmp_path):
    labels = completed(tmp_path, CONFIG.replace("print(", "app.config['<CURSOR>'] = 1\nprint("))
    assert "SESSION_COOKIE_SECURE" in labels
    assert "SHOP_SECRET" not in labels
