"""The module that gunicorn and `flask --app wsgi` start."""

from dotenv import load_dotenv

load_dotenv()

from shop import create_app  # noqa: E402  (the environment first)

app = create_app()
