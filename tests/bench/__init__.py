"""The speed of configvars compared with ruff on the same files (`make bench`). No test depends on a time."""
