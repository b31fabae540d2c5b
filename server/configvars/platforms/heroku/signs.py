"""What the Heroku CLI, its Node or a version manager prints if a call fails, and the reason for each."""

from __future__ import annotations

from configvars.patterns import lazy_pattern
from configvars.platforms.base import Reason

CUT_OFF = 13
"""The exit code of Node if an answer ends too early: the CLI waits for the rest, which never comes."""

QUESTION = lazy_pattern(r"\W*Which [a-z0-9-]+ pipeline\?")
"""What the CLI asks on stdout if several pipelines have the name; then it ends, because nobody answers."""

# The error ids of the API come first, then what is in the place of its JSON; the other strings may change
# with the CLI. The first match counts.
SIGNS: tuple[tuple[str, Reason], ...] = (
    # What version managers print if the folder selects no version of `heroku`, or of its `node`.
    ("No version is set for", "shim"),
    ("No preset version installed for", "shim"),
    (" executable found for ", "shim"),
    ("found for current version. Please select a different version", "shim"),
    ("asdf: not found", "shim"),
    ("/bin/asdf: No such file", "shim"),
    ("is not a valid shim", "shim"),
    ("Perhaps you have to reshim", "shim"),
    ("' command exists in these ", "shim"),  # nodenv, pyenv
    ("is not installed (set by ", "shim"),
    ("Error: proto::", "shim"),
    ("proto-shim: ", "shim"),
    ("Volta error", "shim"),
    ("mise ERROR", "shim"),
    ("Error ID: not_found", "unknown-app"),
    ("Error ID: ip_denied", "ip-denied"),
    ("Error ID: maintenance", "maintenance"),
    ("Error ID: forbidden", "no-access"),
    ("Error ID: unauthorized", "logged-out"),
    ("Error ID: two_factor", "two-factor"),
    ("Error ID: sso_", "single-sign-on"),
    ("Error ID: verification_", "unverified"),
    ("Error ID: delinquent", "suspended"),
    ("Error ID: suspended", "suspended"),
    ("Error ID: rate_limit", "rate-limited"),
    ("Error ID: internal_server_error", "server-error"),
    ("Error ID: service_unavailable", "unavailable"),
    ("Error ID: ", "rejected"),
    # An answer that is not the API's JSON: its page, which follows, may contain any words.
    ("HTTP Error 407", "proxy-login"),
    ("HTTP Error 429", "rate-limited"),
    ("HTTP Error 502", "unavailable"),
    ("HTTP Error 503", "unavailable"),
    ("HTTP Error 504", "unavailable"),
    ("HTTP Error 52", "unavailable"),
    ("HTTP Error 5", "server-error"),
    ("HTTP Error ", "intercepted"),
    ("Unexpected token '<'", "intercepted"),
    ("Unexpected token < in JSON", "intercepted"),
    ("HPE_", "intercepted"),
    ("The token provided to HEROKU_API_KEY is invalid", "bad-api-key"),
    ("Press any key to open up the browser to login", "logged-out"),
    ("Invalid credentials provided", "logged-out"),
    ("not logged in", "logged-out"),
    ("Two-factor authentication", "two-factor"),
    ("Couldn't find that app", "unknown-app"),
    ("Pipeline not found", "unknown-pipeline"),
    ("find that pipeline", "unknown-pipeline"),
    ("Multiple apps in git remotes", "several-remotes"),
    ("Missing required flag app", "no-app"),
    ("tunneling socket could not be established, statusCode=407", "proxy-login"),
    ("tunneling socket could not be established", "proxy"),
    ("timed out", "timed-out"),
    ("TIMEDOUT", "timed-out"),
    ("_TIMEOUT", "timed-out"),
    ("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate"),
    ("UNABLE_TO_GET_ISSUER_CERT", "certificate"),
    ("SELF_SIGNED_CERT", "certificate"),
    ("CERT_HAS_EXPIRED", "certificate"),
    ("ERR_TLS_CERT", "certificate"),
    ("unable to get local issuer certificate", "certificate"),
    ("unable to verify the first certificate", "certificate"),
    ("self-signed certificate", "certificate"),
    ("self signed certificate", "certificate"),
    ("certificate has expired", "certificate"),
    ("EPROTO", "no-tls"),
    ("ERR_SSL_", "no-tls"),
    ("ECONNREFUSED", "offline"),
    ("EHOSTUNREACH", "offline"),
    ("ENETUNREACH", "offline"),
    ("ECONNRESET", "interrupted"),
    ("EPIPE", "interrupted"),
    ("socket hang up", "interrupted"),
    ("EAI_AGAIN", "no-address"),
    ("ENOTFOUND", "no-address"),
    (" JSON", "unreadable"),
)
