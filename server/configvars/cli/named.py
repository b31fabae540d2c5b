"""Other ways to name apps on the command line. Nothing here imports the engine, so that `--help` is fast."""


class RemoteName(str):
    """The name of a git remote, given with `--remote`; it stands for the Heroku app of the remote."""

    __slots__ = ()


class PipelineName(str):
    """A pipeline, which means its apps."""

    __slots__ = ()
