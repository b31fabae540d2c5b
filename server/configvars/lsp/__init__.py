"""The language server: converts requests, calls the engine, converts results.

Only this package uses LSP types.
"""
