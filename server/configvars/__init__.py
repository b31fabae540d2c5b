"""Config vars of Python web apps: where code reads them, what gives them, and how both are kept in step."""

__version__ = "0.1.0"
