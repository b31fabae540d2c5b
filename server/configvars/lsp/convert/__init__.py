"""The one place where this program's words become the protocol's, and back."""
