"""Finds the environment variables of Python web apps: where code reads them, and what sets them."""

__version__ = "0.1.0"
