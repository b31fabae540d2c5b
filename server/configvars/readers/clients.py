"""Clients of services that read their API key from a variable if the call passes none: `OpenAI()`.

Only clients that raise an exception without a key. Source: the client classes of openai 2, groq 1, together
3, langchain-openai 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example
from configvars.names.values import Str
from configvars.readers.base import Argument, Fact, Handler, Reader, Site, Use


def _client(variable: str, *keywords: str, other: str = "") -> Handler:
    """A handler for a constructor that requires `variable` unless it may get one of `keywords`.

    `other`: a variable that can be set instead.
    """

    def handle(site: Site) -> Iterator[Fact]:
        given = site.call.rest or any(site.argument(None, name) is not None for name in keywords)
        if not given and not site.call.positional:
            instead = (Argument(Str(other), site.span),) if other else ()
            yield Use(Argument(Str(variable), site.span), site.path, raises=True, instead=instead)

    return handle


_OPENAI = _client(
    "OPENAI_API_KEY", "api_key", "admin_api_key", "workload_identity", "provider", other="OPENAI_ADMIN_KEY"
)
_LANGCHAIN = _client("OPENAI_API_KEY", "api_key", "openai_api_key", "client", "async_client")
_GROQ = _client("GROQ_API_KEY", "api_key")
_TOGETHER = _client("TOGETHER_API_KEY", "api_key")

CLIENTS = Reader(
    name="clients",
    triggers=(b"OpenAI(", b"OpenAIEmbeddings(", b"Groq(", b"Together("),
    calls={
        **{f"openai.{name}": _OPENAI for name in ("OpenAI", "AsyncOpenAI")},
        **{f"langchain_openai.{name}": _LANGCHAIN for name in ("ChatOpenAI", "OpenAI", "OpenAIEmbeddings")},
        **{f"groq.{name}": _GROQ for name in ("Groq", "AsyncGroq")},
        **{f"together.{name}": _TOGETHER for name in ("Together", "AsyncTogether")},
    },
    silent=(
        Example("class OpenAI: pass\nOpenAI()\n"),
        Example("from openai import OpenAI\nOpenAI(api_key=load())\n", note="a key is passed"),
        Example("from openai import OpenAI\nOpenAI(**options)\n", note="a key may be passed"),
        Example("import groq\ngroq.Groq(api_key='x')\n"),
    ),
    examples=(
        Example(
            "from openai import OpenAI\nclient = OpenAI(timeout=3)\n", ("2:10 OPENAI_API_KEY read required",)
        ),
        Example(
            "import groq, langchain_openai\ngroq.AsyncGroq()\nlangchain_openai.ChatOpenAI(model='x')\n",
            ("2:1 GROQ_API_KEY read required", "3:1 OPENAI_API_KEY read required"),
        ),
    ),
)
