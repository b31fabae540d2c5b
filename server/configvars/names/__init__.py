"""What a Python expression stands for: imports, aliases, constants, classes, functions."""
