"""What the checks report about public repositories, and whether it is right and useful: `make field`."""
