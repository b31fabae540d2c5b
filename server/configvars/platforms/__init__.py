"""Where config vars live in production."""
