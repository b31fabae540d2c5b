"""The frequency of garbage collections is changed only while a command runs."""

from __future__ import annotations

import gc
import subprocess
import sys

from configvars.cli.main import main
from configvars.garbage import COMMAND, SERVER, collecting_seldom


def test_it_is_looked_for_seldom_while_the_block_runs() -> None:
    before = gc.get_threshold()
    with collecting_seldom(COMMAND):
        assert gc.get_threshold()[0] == COMMAND > SERVER > before[0]
        assert gc.get_threshold()[1:] == before[1:]
    assert gc.get_threshold() == before


def test_a_command_that_fails_leaves_it_as_it_was() -> None:
    before = gc.get_threshold()
    assert main(["check", "/no/such/folder"]) == 2
    assert gc.get_threshold() == before


def test_a_process_does_not_look_for_garbage_when_it_ends() -> None:
    program = (
        "import atexit, gc, sys\n"
        "from configvars.start import main\n"
        "import configvars.garbage\n"
        "gc.collect()\n"
        "searches = []\n"
        "gc.callbacks.append(lambda phase, _: searches.append(phase))\n"
        "atexit.register(lambda: print('frozen', gc.get_freeze_count() > 0, searches))\n"
        "sys.argv = ['configvars', 'rule']\n"
        "sys.exit(main())\n"
    )
    ended = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "frozen True []"
