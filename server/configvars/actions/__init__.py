"""What changes things, for editor and command line alike."""
