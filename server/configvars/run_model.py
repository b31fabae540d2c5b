"""Types for how programs are started and which env files they load."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from configvars.text import Span


class PresetVariable(Struct, frozen=True):
    """A variable that is set for a program before it starts; `span` is its name. Its value is not stored."""

    name: str
    span: Span


By = Literal[
    "procfile", "compose", "docker", "build", "make", "script", "launch", "ci", "shell", "tests", "service",
    "platform", "gunicorn", "task",
]  # fmt: skip


class Start(Struct, frozen=True):
    """A way in which a file of the project starts a program, or sets the environment of programs.

    `label` is its name in messages: `gunicorn shop:app`, or `Compose service web` if the command is not
    known. `module` (dotted) or `file` (relative to `folder`) is where the program starts, `call` is the
    function that it calls, `main` is true if it runs as `__main__`. `env_files` are loaded before it; their
    paths are relative to `folder`, which is relative to the file's own folder. `import_path` is the folder,
    relative to `folder`, in which `module` is looked for first. `of_others`: it is a well-known server such
    as postgres, and no program of the project. `handed_on` are the names that Compose passes on from the
    shell that runs it, or from the `.env` next to the Compose file. `service` is the name of its Compose
    service, if that extends none of another file.
    """

    label: str
    span: Span
    by: By
    module: str = ""
    file: str = ""
    call: str = ""
    main: bool = False
    folder: str = ""
    given: tuple[PresetVariable, ...] = ()
    env_files: tuple[str, ...] = ()
    import_path: str = ""
    of_others: bool = False
    handed_on: tuple[str, ...] = ()
    service: str = ""


class EnvFileUse(Struct, frozen=True):
    """Code that loads an env file: `load_dotenv("x.env")`, pydantic's `env_file`, `find_dotenv(".test")`.

    `path` is as written, relative to the folder that this reader uses (`relative_to`: the file's folder or
    the working directory, each searched upwards, or `folder`, only the file's own folder); None means the
    reader's default, the nearest `.env`. `encoding` is None if the call passes an unknown one. `pattern`:
    parts of the path are computed at run time, and `path` contains `*` for them. `only_for`: the file's
    variables are not put into the environment; only reads whose idiom starts with this string see them.
    `climbs`: the library searches in all folders above as well, up to the root of the file system.
    `interpolates`: `${NAME}` in values is replaced.
    """

    path: str | None
    span: Span
    idiom: str
    override: bool = False
    relative_to: Literal["file", "cwd", "folder"] = "cwd"
    encoding: str | None = "utf-8"
    pattern: bool = False
    only_for: str = ""
    climbs: bool = False
    interpolates: bool = True
