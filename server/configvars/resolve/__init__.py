"""Links facts across files: imports, constants, wrappers, which env file counts for which code."""
