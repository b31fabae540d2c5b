"""Mutation testing: one-line faults are planted in a copy of the program, and tests have to notice.

`make mutants` runs it; docs/testing.md holds the table. Our own, since the tools there are rewrite the whole
program into one that switches between its mutants: its examples, its limits on imports and its process for
hostile files would test the tool's program, not this one.
"""
