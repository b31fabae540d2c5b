"""Mutation testing: one line of a copy of the program is changed, and a test has to fail.

`make mutants` runs it; docs/testing.md has the results. It is our own code because existing tools rewrite the
whole program into one that switches between its mutants. The tests of our examples, of the import order and
of the parser's process would then test the rewritten program.
"""
