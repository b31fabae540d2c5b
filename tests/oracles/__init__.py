"""Compares the engine with what the libraries really read.

An oracle gets a program (one file, or several under `-- path --` lines, as in all fixtures), runs its
`app.py` in a child process with the real library, and returns what was read:

* `harness.Child` is that process. It runs many programs, one after the other, each in its own folder.
  `Child.run` runs a program once with given variables and returns the names that were looked up in
  `os.environ`, the files that were opened, and the outcome (the module's variables at the end, or the
  error). If the program defines `main()`, only that is run again and again, otherwise the whole module.
* `truth.truth_of` finds out which candidate names change the outcome when they are set (for libraries that
  copy the whole environment, this is the only way to find out what they read), and without which of them the
  program fails while all others are set.
* `engine.said_of` returns the engine's result for the same program, and `compare.differences` its mistakes.
  If the engine reports that some name is dynamic, a name that it does not report is not a mistake. Such
  programs count as "not known", and `compare.Tally` prints their share.

To add a library, write `test_<library>.py` with a table of programs, and a generator if the library has many
options. Expected results are never written down: they are the library's own behaviour. If the look-ups of a
library cannot be seen in `os.environ`, add it to `recorders` in `child.py`.

`make nightly` runs the same tests with the releases that `releases.py` lists; there,
`CONFIGVARS_ORACLE_PYTHON` names the interpreter that has the library. An example names the first release for
which it is valid.
"""
