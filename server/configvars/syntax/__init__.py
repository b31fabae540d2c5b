"""Parsers: text to structures with spans, without interpretation."""
