"""`python -m configvars` runs the command `configvars`."""

import sys

from configvars.start import main

if __name__ == "__main__":
    sys.exit(main())
