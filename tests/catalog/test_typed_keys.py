"""Flask's own keys for which a string is wrong, compared with what Flask does with a string."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask, request, send_file, session

from configvars.catalog.flask_keys import flask_key
from configvars.catalog.typed_keys import raising_keys, text_keys


def form() -> str:
    return str(request.form) + str(request.files)


def permanent() -> str:
    session.permanent = True
    session["a"] = 1
    return ""


USES: dict[str, Callable[[], object]] = {
    "MAX_CONTENT_LENGTH": form,
    "MAX_FORM_MEMORY_SIZE": form,
    "MAX_FORM_PARTS": form,
    "PERMANENT_SESSION_LIFETIME": permanent,
    "SEND_FILE_MAX_AGE_DEFAULT": lambda: send_file(io.BytesIO(b"x"), "text/plain"),
}


@pytest.mark.parametrize("text", ["1000", "", "1h"])
@pytest.mark.parametrize("key", USES)
def test_a_string_raises(key: str, text: str) -> None:
    app = Flask("app", root_path=".")
    app.config.from_mapping({"TESTING": True, "SECRET_KEY": "x", key: text})
    app.add_url_rule("/", view_func=USES[key], endpoint="it", methods=["POST"])
    with pytest.raises(TypeError):
        app.test_client().post("/", data={"a": "b", "f": (io.BytesIO(b"x"), "x.txt")})


@pytest.mark.parametrize("key", USES)
def test_a_number_does_not(key: str) -> None:
    app = Flask("app", root_path=".")
    app.config.from_mapping({"TESTING": True, "SECRET_KEY": "x", key: 100_000})
    app.add_url_rule("/", view_func=USES[key], endpoint="it", methods=["POST"])
    assert app.test_client().post("/", data={"a": "b", "f": (io.BytesIO(b"x"), "x.txt")}).status_code == 200


def test_all_are_known_keys_and_flask_s_are_tested_here() -> None:
    keys = raising_keys()
    known = {name: flask_key(name) for name in keys}
    assert [name for name, key in known.items() if key is None] == []
    assert {name for name, key in known.items() if key is not None and key.owner == "Flask"} == set(USES)


@pytest.mark.parametrize("value", [12345, 0, True, False, [1], {"a": 1}])
@pytest.mark.parametrize("key", ["SERVER_NAME", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SAMESITE"])
def test_what_is_not_a_string_raises(key: str, value: object) -> None:
    app = Flask("app", root_path=".")
    app.config.from_mapping({"TESTING": True, "SECRET_KEY": "x", key: value})
    app.add_url_rule("/", view_func=permanent)
    with pytest.raises((AttributeError, TypeError, ValueError)):
        app.test_client().get("/")
    assert key in text_keys()


@pytest.mark.parametrize("value", [12345, True, [1]])
def test_a_secret_key_that_is_not_a_string_raises(value: object) -> None:
    app = Flask("app", root_path=".")
    app.config.from_mapping({"TESTING": True, "SECRET_KEY": value})
    app.add_url_rule("/", view_func=permanent)
    with pytest.raises(TypeError):
        app.test_client().get("/")
    assert "SECRET_KEY" in text_keys()
