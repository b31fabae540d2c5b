"""A small shop."""

import os

from flask import Flask

from shop import catalogue, checkout, orders
from shop.config import config


def create_app(name: str | None = None) -> Flask:
    """Create the app; `name` is a key of `shop.config.config`, by default APP_CONFIG names it."""
    app = Flask(__name__, instance_relative_config=True)
    app.config.from_object(config[name or os.environ.get("APP_CONFIG", "production")])
    # From the days of our own server: a dyno has no such file, and would lose it at its next restart.
    app.config.from_pyfile("settings.py", silent=True)
    app.register_blueprint(catalogue.pages)
    app.register_blueprint(checkout.pages)
    orders.init_app(app)
    return app
