"""Other ways to name apps on the command line. Nothing here imports the engine, so that `--help` is fast."""


class RemoteName(str):
    """A git remote, which means its app."""

    __slots__ = ()


class PipelineName(str):
    """A pipeline, which means its apps."""

    __slots__ = ()
