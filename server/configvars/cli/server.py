"""`configvars server`: the language server, over stdin and stdout."""

from __future__ import annotations

import argparse


def run(args: argparse.Namespace) -> int:
    """Serve until the editor says exit; gives the exit status that the protocol asks for."""
    from configvars.lsp.main import run as serve

    return serve()
