"""Heroku, through the user's own CLI."""

from configvars.platforms.heroku.command import is_app_name

__all__ = ["is_app_name"]
