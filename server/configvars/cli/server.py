"""`configvars server`: the language server, over stdin and stdout."""

from __future__ import annotations

import argparse


def run(args: argparse.Namespace) -> int:
    """Serve until the editor sends `exit`; returns the exit status that LSP specifies."""
    from configvars.lsp.main import run as serve

    return serve()
