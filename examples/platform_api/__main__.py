"""Serves until it is ended. When requests can be answered, it writes the port to the file `--ready`."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from .server import PlatformApi


def main() -> None:
    """Parse the arguments and serve."""
    parser = argparse.ArgumentParser(prog="platform_api", description="A Heroku Platform API on loopback.")
    parser.add_argument("--port", type=int, default=0, help="0 (the default) takes any free one")
    parser.add_argument("--ready", type=Path, help="the file to write the port to")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with PlatformApi(arguments.port) as server:
        if arguments.ready:
            partial = arguments.ready.with_name(arguments.ready.name + ".partial")
            partial.write_text(str(server.server_port))
            partial.replace(arguments.ready)  # so that nobody reads an incomplete file
        print(f"Platform API on {server.url}", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


main()
