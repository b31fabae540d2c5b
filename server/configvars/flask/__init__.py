"""The effective configuration of each Flask app: the content of `app.config` once the app is set up."""
