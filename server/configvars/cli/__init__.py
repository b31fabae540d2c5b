"""The command line: reads arguments, calls the engine, writes results."""
