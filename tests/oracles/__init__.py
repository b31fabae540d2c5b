"""The libraries themselves say what they read: the engine is held against them.

An oracle takes a text (one file, or several under `-- path --` lines, as in all fixtures), runs its
`app.py` in a child process with the real library, and says what was read:

* `harness.Child` is that process. It takes many texts, one after the other, each in a folder of its own.
  `Child.run` runs a text once under given variables: the names that were looked up in `os.environ`, the files
  that were opened, and the outcome (what the module holds in the end, or the error). Where the text defines
  `main()`, that is what is run again and again; else the whole module is.
* `truth.truth_of` asks more: which of some candidate names change the outcome when they are given (for
  libraries that copy the whole environment, this is the only way to tell what they read), and without which
  of them the program fails while all others are there.
* `engine.said_of` is what the engine says of the same text, and `compare.differences` what is wrong with it.
  A text of which the engine says that some name cannot be told (*dynamic*) is not wrong for what it does not
  say; such texts count as "not known", and `compare.Tally` prints their share.

How to add a library: `test_<library>.py` with a table of texts, what must hold of each being the library's
own behaviour and never written down; generated texts where options multiply. `recorders` in `child.py` is
the place for a library whose look-ups cannot be seen in `os.environ`. `make nightly` runs the same tests
with the releases that `releases.py` lists: there `CONFIGVARS_ORACLE_PYTHON` names the interpreter that has
the library. An example says from which release on it holds.
"""
