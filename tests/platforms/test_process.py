import os
import signal
import sys
import threading
import uuid
from pathlib import Path

import pytest

from configvars.platforms import process
from configvars.platforms.base import Cancellation
from configvars.platforms.process import Output, run
from support.processes import with_in_environment

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="children are counted in /proc")


@pytest.fixture
def marker() -> str:
    return f"configvars-{uuid.uuid4()}"


def python(code: str, marker: str, timeout: float = 30.0, switch: Cancellation | None = None) -> Output:
    environ = {"MARKER": marker, "PATH": os.environ["PATH"]}
    return run([sys.executable, "-c", code], environ, timeout, switch or Cancellation())


def test_the_child_gets_only_the_explicit_environment(marker: str) -> None:
    code = (
        "import os, sys;"
        "print(sys.stdin.read() == '', os.listdir() == [], os.getpgrp() == os.getpid());"
        "print(oct(os.stat('.').st_mode));"
        "print(sorted(n for n in os.environ if n != 'LC_CTYPE'))"
    )
    output = python(code, marker)
    assert output.stdout.decode().splitlines() == ["True True True", "0o40700", "['MARKER', 'PATH']"]
    assert (output.ending, output.code) == ("exited", 0)


def test_the_child_gets_no_input_of_this_process(marker: str) -> None:
    reader, writer = os.pipe()
    own = os.dup(0)
    try:
        os.write(writer, b"typed")
        os.dup2(reader, 0)
        output = python("import sys; print(repr(sys.stdin.read()))", marker)
    finally:
        os.dup2(own, 0)
        for descriptor in (own, reader, writer):
            os.close(descriptor)
    assert output.stdout == b"''\n"


def test_a_scratch_file_is_outside_the_folder_and_is_removed(marker: str) -> None:
    code = "import os; open(os.environ['NOTES'], 'x').close(); print(os.environ['NOTES'], os.listdir())"
    output = run([sys.executable, "-c", code], {"MARKER": marker}, 30.0, Cancellation(), scratch=["NOTES"])
    path, _, listed = output.stdout.decode().strip().partition(" ")
    assert listed == "[]"
    assert not Path(path).parent.exists()


def test_the_working_folder_is_removed_afterwards(marker: str) -> None:
    folder = python("import os; open('x', 'w').close(); print(os.getcwd())", marker).stdout.decode().strip()
    assert folder
    assert not Path(folder).exists()


def test_the_code_and_both_outputs_come_back_and_are_never_shown(marker: str) -> None:
    output = python("import sys; print('CANARY-1'); print('CANARY-2', file=sys.stderr); sys.exit(3)", marker)
    assert (output.code, output.stdout, output.stderr) == (3, b"CANARY-1\n", b"CANARY-2\n")
    assert "CANARY" not in repr(output)


def test_a_child_that_is_too_slow_is_ended_with_its_children(marker: str) -> None:
    output = python("import subprocess; subprocess.run(['sleep', '300'])", marker, timeout=1.0)
    assert output.ending == "too-slow"
    assert with_in_environment(marker) == []


@pytest.mark.slow
def test_a_child_that_ignores_sigterm_is_killed(marker: str) -> None:
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.pause()"
    assert python(code, marker, timeout=0.5).ending == "too-slow"
    assert with_in_environment(marker) == []


@pytest.mark.slow
def test_a_grandchild_that_holds_the_pipe_is_ended_too(marker: str) -> None:
    output = python(
        "import subprocess; subprocess.Popen(['sleep', '300']); print('done')", marker, timeout=1.0
    )
    assert output.ending == "too-slow"
    assert with_in_environment(marker) == []


def test_a_child_that_closes_its_outputs_and_does_not_end(marker: str) -> None:
    quiet = ["/bin/sh", "-c", "exec >&- 2>&-; exec sleep 30"]
    assert run(quiet, {"MARKER": marker}, 0.3, Cancellation()).ending == "too-slow"
    assert with_in_environment(marker) == []


def test_a_child_with_too_much_output_is_ended(marker: str) -> None:
    code = f"import time; print('x' * {process.MAX_OUTPUT}, flush=True); time.sleep(300)"
    output = python(code, marker, timeout=10.0)
    assert output.ending == "too-large"
    assert with_in_environment(marker) == []


# It says that it runs, because /proc knows the environment of a process only some time after its start. Its
# stderr is the pipe that it holds.
GRANDCHILD = (
    "import os, subprocess as s; os.mkfifo('never'); it = ['sh', '-c', 'echo; read it < never']; "
    "s.Popen(it, stdout=s.PIPE, start_new_session=True).stdout.readline(); "
)


@pytest.mark.parametrize("before", ["", GRANDCHILD], ids=["alone", "a grandchild holds the pipe"])
def test_cancelling_ends_it(marker: str, tmp_path: Path, before: str) -> None:
    fifo = tmp_path / "started"
    os.mkfifo(fifo)
    switch = Cancellation()
    outputs: list[Output] = []
    code = f"{before}open({str(fifo)!r}, 'w').close(); import signal; signal.pause()"
    thread = threading.Thread(target=lambda: outputs.append(python(code, marker, switch=switch)))
    thread.start()
    fifo.read_bytes()  # returns when the child has opened it
    assert len(with_in_environment(marker)) == (2 if before else 1)
    switch.cancel()
    thread.join(10)
    assert [output.ending for output in outputs] == ["cancelled"]
    left = with_in_environment(marker)  # a process in a session of its own no longer belongs to the child
    for one in left:
        os.kill(one, signal.SIGKILL)
    assert len(left) == (1 if before else 0)


def test_ctrl_c_ends_the_child(marker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child has its own session, so that the terminal does not send it the signal."""

    def interrupt(*_: object) -> None:
        assert len(with_in_environment(marker)) == 1
        raise KeyboardInterrupt

    monkeypatch.setattr(process, "_wait", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run(["/bin/sh", "-c", "exec sleep 300"], {"MARKER": marker}, 30.0, Cancellation())
    left = with_in_environment(marker)
    for one in left:
        os.kill(one, signal.SIGKILL)
    assert left == []


def test_a_cancelled_call_starts_no_child(tmp_path: Path) -> None:
    switch = Cancellation()
    switch.cancel()
    assert run([str(tmp_path / "absent")], {}, 1.0, switch).ending == "cancelled"


def test_a_program_that_cannot_be_started_raises_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        run([str(tmp_path / "absent")], {}, 1.0, Cancellation())
