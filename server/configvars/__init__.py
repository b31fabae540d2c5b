"""Config vars of Python web apps: where code reads them, what sets them, and how they differ."""

__version__ = "0.1.0"
