"""The settings of each stage."""

import os


class Config:
    """Settings for all stages."""

    SECRET_KEY = os.environ["SECRET_KEY"]
    SHOP_NAME = os.environ.get("SHOP_NAME", "My shop")
    SHOW_BANNER = bool(os.getenv("SHOW_BANNER", "false"))
    PAGE_SIZE = int(os.getenv("PAGE_SIZE"))
    MAIL_SERVER = os.environ.get("MAIL_SERVER")
    SQLALCHEMY_DATABASE_URI = os.environ["DATABASE_URL"]
    JSON_SORT_KEYS = False
    preferred_url_scheme = "https"


class ProductionConfig(Config):
    """Settings on Heroku."""

    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_SAMSITE = "Lax"
    NEWSLETTER_TOKEN = "q7Rk2vXw9LmT4bNz8PcJ5hYd"


class DevelopmentConfig(Config):
    """Settings on a developer's machine."""

    DEBUG = True


class TestingConfig(Config):
    """Settings under pytest."""

    TESTING = True
    SECRET_KEY = "test"


config = {
    "production": ProductionConfig,
    "development": DevelopmentConfig,
    "testing": TestingConfig,
}
