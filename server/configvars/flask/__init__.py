"""The effective configuration of each Flask app: what `app.config` holds when the app has been set up."""
