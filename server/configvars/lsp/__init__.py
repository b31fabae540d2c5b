"""The language server: converts in, calls, converts out. The only room that knows the protocol's types."""
