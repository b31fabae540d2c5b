"""What the checks say of public repositories, and whether it was worth saying: `make field`."""
