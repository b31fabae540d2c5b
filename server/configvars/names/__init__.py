"""Evaluates Python expressions symbolically: imports, aliases, constants, classes, functions."""
