"""`python -m configvars` is the command `configvars`."""

from __future__ import annotations

import sys

from configvars.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
