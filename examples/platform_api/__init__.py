"""A Heroku Platform API on this machine's loopback interface, for the demo and the tests.

It supports the requests that the Heroku CLI makes. How it answers depends on the app's name: see `apps.py`.
Run it with ``python -m platform_api --ready FILE``.
"""
