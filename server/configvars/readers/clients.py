"""Clients of services that read their API key from a variable if the call passes none: `OpenAI()`.

Only clients that raise an exception without a key. Source: the client classes of openai 2, groq 1, together
3, langchain-openai 1, slack-bolt 1.30, spotipy 2.26.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example, Need
from configvars.names.values import Str
from configvars.readers.base import Argument, Fact, Handler, Reader, Site, Use

_SOCKETS = ("SocketModeHandler", "aiohttp.AsyncSocketModeHandler", "async_handler.AsyncSocketModeHandler")


def _client(variable: str, *keywords: str, other: str = "", positional: int = 1) -> Handler:
    """A handler for a constructor that requires `variable` unless it may get one of `keywords`.

    `other`: a variable that can be set instead. With `positional` arguments, it may have got one of them.
    """

    def handle(site: Site) -> Iterator[Fact]:
        given = site.call.rest or any(site.argument(None, name) is not None for name in keywords)
        if not given and len(site.call.positional) < positional:
            instead = (Argument(Str(other), site.span),) if other else ()
            yield Use(Argument(Str(variable), site.span), site.path, raises=True, instead=instead)

    return handle


_OPENAI = _client(
    "OPENAI_API_KEY", "api_key", "admin_api_key", "workload_identity", "provider", other="OPENAI_ADMIN_KEY"
)
_LANGCHAIN = _client("OPENAI_API_KEY", "api_key", "openai_api_key", "client", "async_client")
_GROQ = _client("GROQ_API_KEY", "api_key")
_TOGETHER = _client("TOGETHER_API_KEY", "api_key")

_SPOTIFY = (
    _client("SPOTIPY_CLIENT_ID", "client_id"),
    _client("SPOTIPY_CLIENT_SECRET", "client_secret", positional=2),
    _client("SPOTIPY_REDIRECT_URI", "redirect_uri", positional=3),
)


def _spotify(site: Site) -> Iterator[Fact]:
    """The credentials of an app; only users who log in are redirected."""
    handlers = _SPOTIFY if site.path.endswith("OAuth") else _SPOTIFY[:2]
    for handle in handlers:
        yield from handle(site)


_SLACK_TOKEN = _client(
    "SLACK_BOT_TOKEN",
    *("token", "client", "authorize", "oauth_settings", "oauth_flow", "installation_store"),
    other="SLACK_CLIENT_ID",
)
_SLACK_SOCKET = _client("SLACK_APP_TOKEN", "app_token", positional=2)


def _slack(site: Site) -> Iterator[Fact]:
    """An app of Slack Bolt: without a signing secret it starts, but it rejects all requests over HTTP."""
    yield from _SLACK_TOKEN(site)
    if not site.call.rest and site.argument(None, "signing_secret") is None:
        yield Use(Argument(Str("SLACK_SIGNING_SECRET"), site.span), site.path, need=Need.DEFAULTED)


CLIENTS = Reader(
    name="clients",
    triggers=(b"OpenAI(", b"OpenAIEmbeddings(", b"Groq(", b"Together(", b"slack_bolt", b"spotipy"),
    calls={
        **{
            f"spotipy.{module}{name}": _spotify
            for module in ("", "oauth2.")
            for name in ("SpotifyClientCredentials", "SpotifyOAuth")
        },
        **{f"slack_bolt.{name}": _slack for name in ("App", "app.App", "async_app.AsyncApp")},
        **{f"slack_bolt.adapter.socket_mode.{name}": _SLACK_SOCKET for name in _SOCKETS},
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
        Example("import spotipy\nspotipy.SpotifyClientCredentials('x', 'y')\n"),
        Example(
            "from spotipy.oauth2 import SpotifyOAuth\nSpotifyOAuth('x', client_secret=f(), redirect_uri='y')\n"
        ),
        Example("from slack_bolt import App\nApp(token='x', signing_secret='y')\n"),
        Example(
            "from slack_bolt import App\nfrom slack_bolt.adapter.socket_mode import SocketModeHandler as S\n"
            "S(App(authorize=f, signing_secret='y'), 'x').start()\n"
        ),
    ),
    examples=(
        Example(
            "from spotipy.oauth2 import SpotifyClientCredentials, SpotifyOAuth\nSpotifyClientCredentials()\n"
            "SpotifyOAuth(client_id='x', scope='y')\n",
            (
                "2:1 SPOTIPY_CLIENT_ID read required",
                "2:1 SPOTIPY_CLIENT_SECRET read required",
                "3:1 SPOTIPY_CLIENT_SECRET read required",
                "3:1 SPOTIPY_REDIRECT_URI read required",
            ),
        ),
        Example(
            "from openai import OpenAI\nclient = OpenAI(timeout=3)\n", ("2:10 OPENAI_API_KEY read required",)
        ),
        Example(
            "import groq, langchain_openai\ngroq.AsyncGroq()\nlangchain_openai.ChatOpenAI(model='x')\n",
            ("2:1 GROQ_API_KEY read required", "3:1 OPENAI_API_KEY read required"),
        ),
        Example(
            "from slack_bolt import App\nfrom slack_bolt.adapter.socket_mode import SocketModeHandler\n"
            "app = App()\nSocketModeHandler(app).start()\n",
            (
                "3:7 SLACK_BOT_TOKEN read required",
                "3:7 SLACK_SIGNING_SECRET read defaulted",
                "4:1 SLACK_APP_TOKEN read required",
            ),
        ),
    ),
)
