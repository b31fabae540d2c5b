"""The catalogue of Flask's keys, compared with Flask itself."""

from __future__ import annotations

import datetime

from flask import Flask

from configvars.catalog.flask_keys import flask_key, known_keys, removed_keys


def test_the_catalogue_has_flask_s_own_keys_and_defaults():
    ours = {key.name: key.default for key in known_keys().values() if key.owner == "Flask"}
    scope = {"timedelta": datetime.timedelta}
    evaluated = {name: eval(default or "None", scope) for name, default in ours.items()}
    assert evaluated == dict(Flask.default_config)


def test_a_removed_key_is_not_among_the_keys():
    assert not removed_keys().keys() & known_keys().keys()


def test_every_key_is_upper_case_and_has_a_description():
    for key in known_keys().values():
        assert key.name.isupper()
        assert key.type
        assert key.meaning.endswith((".", "…"))


def test_an_extension_s_key():
    key = flask_key("MAIL_PORT")
    assert key is not None
    assert (key.owner, key.type, key.default) == ("Flask-Mail", "int", "25")


def test_a_key_with_no_static_default():
    key = flask_key("RECAPTCHA_PUBLIC_KEY")
    assert key is not None
    assert key.default is None


def test_a_removed_key_names_what_replaced_it():
    assert removed_keys()["JSON_SORT_KEYS"].replacement == "app.json.sort_keys"


def test_an_unknown_key():
    assert flask_key("SHOP_NAME") is None
