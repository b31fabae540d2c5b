"""How fast the product is, beside ruff on the same files: `make bench`. No test depends on a time."""
