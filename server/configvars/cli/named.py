"""Other words for an app on the command line; nothing here imports the engine, for `--help` must be quick."""


class RemoteName(str):
    """A git remote that stands for its app."""

    __slots__ = ()


class PipelineName(str):
    """A pipeline that stands for its apps."""

    __slots__ = ()
