"""How programs are started and which env files they load: part of the words of `model.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from configvars.text import Span


@dataclass(frozen=True, slots=True)
class Gift:
    """A variable that is set for a program before it starts; `span` is its name. Its value is not kept."""

    name: str
    span: Span


By = Literal[
    "procfile", "compose", "docker", "make", "script", "launch", "ci", "shell", "tests", "service",
    "platform", "gunicorn",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Start:
    """A way in which a file of the project starts a program, or an environment that programs get by it.

    `label` is what people call it: `gunicorn shop:app`, or `Compose service web` where no command is told.
    `module` (dotted) or `file` (relative to `folder`) is where the program begins, `call` what is called in
    it, `main` if it runs as `__main__`. `env_files` are loaded before it, by paths relative to `folder`,
    which is relative to the file's own.
    """

    label: str
    span: Span
    by: By
    module: str = ""
    file: str = ""
    call: str = ""
    main: bool = False
    folder: str = ""
    given: tuple[Gift, ...] = ()
    env_files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EnvFileUse:
    """Code that loads an env file: `load_dotenv("x.env")`, pydantic's `env_file`, `find_dotenv(".test")`.

    `path` is as written, relative to what that reader takes it from (`relative_to`: the file's folder, or
    the working directory); None is the reader's own default, the nearest `.env`. `encoding` is None where
    the call gives one that cannot be told. `pattern`: parts of the path are known only when the code runs,
    and `path` has `*` for them. `only_for`: the file's variables do not go into the environment; reads whose
    idiom begins so see them.
    """

    path: str | None
    span: Span
    idiom: str
    override: bool = False
    relative_to: Literal["file", "cwd"] = "cwd"
    encoding: str | None = "utf-8"
    pattern: bool = False
    only_for: str = ""
