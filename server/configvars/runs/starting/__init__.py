"""What a program of the Procfile does while it starts, if variables are not set."""
