"""The only place where this program's types are converted to the protocol's, and back."""
