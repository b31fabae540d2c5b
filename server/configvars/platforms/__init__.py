"""The platforms that store config vars in production."""
