"""Actions that change files, for the editor and the command line."""
