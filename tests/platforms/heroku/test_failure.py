from typing import get_args

import pytest

from configvars.platforms.base import Reason
from configvars.platforms.heroku.failure import classify, failure
from configvars.platforms.process import Output

LEFT_TO_LOCATE = {"absent", "invalid-app"}


@pytest.mark.parametrize(
    ("code", "printed", "reason"),
    [
        # The first sign that matches counts; messages of the API are tried first.
        (2, " ›   Error: Couldn't find that app.\n ›\n ›   Error ID: not_found", "unknown-app"),
        (2, " ›   Error: not logged in is what I called it\n ›   Error ID: forbidden", "no-access"),
        (2, "Error: Invalid credentials provided.\nError ID: unauthorized", "logged-out"),
        (2, " ›   Error: Couldn't find that app.", "unknown-app"),
        (100, " ›   Error: not logged in", "logged-out"),
        (1, "heroku: Press any key to open up the browser to login or q to exit\nTypeError: x", "logged-out"),
        (0, "heroku: Press any key to open up the browser to login or q to exit", "logged-out"),
        (1, "    Error: The token provided to HEROKU_API_KEY is invalid. Please", "bad-api-key"),
        (1, "Error: Two-factor authentication requires an interactive terminal.", "two-factor"),
        (2, "Error ID: delinquent", "suspended"),
        (2, "Error ID: ip_denied", "ip-denied"),
        (2, "Error ID: maintenance", "maintenance"),
        (1, "Error: HTTP Error 429 for GET https://api.heroku.com/x", "rate-limited"),
        (1, "Error: Pipeline not found", "unknown-pipeline"),
        (2, "Error: Couldn't find that pipeline.", "unknown-pipeline"),
        (1, "Error: unable to get local issuer certificate", "certificate"),
        (1, "Error: self-signed certificate in certificate chain", "certificate"),
        (1, "Error: self signed certificate in certificate chain", "certificate"),
        (1, "Error: unable to verify the first certificate", "certificate"),
        (1, "mise ERROR No version is set for shim: heroku\nSet a global default version with one", "shim"),
        (1, "mise ERROR heroku is not a valid shim. This likely means you uninstalled a tool", "shim"),
        (1, "mise ERROR missing tools: node@22.1.0", "shim"),
        (126, "No version is set for command heroku\nConsider adding one of the following", "shim"),
        (126, "No version is set for command node\nConsider adding one of the following", "shim"),
        (
            126,
            "No preset version installed for command heroku\nPlease install a version by running one of",
            "shim",
        ),
        (2, "No heroku executable found for nodejs system", "shim"),
        (1, "No executable heroku found for current version. Please select a different version or", "shim"),
        (127, "shims/heroku: line 3: exec: asdf: not found", "shim"),
        (127, "shims/heroku: line 3: /home/kim/.asdf/bin/asdf: No such file or directory", "shim"),
        (126, "unknown command: heroku. Perhaps you have to reshim?", "shim"),
        (
            127,
            "nodenv: heroku: command not found\n\nThe `heroku' command exists in these Node versions:",
            "shim",
        ),
        (
            127,
            "pyenv: heroku: command not found\n\nThe `heroku' command exists in these Python versions:",
            "shim",
        ),
        (1, "pyenv: version `9.9' is not installed (set by /home/kim/.python-version)", "shim"),
        (1, "nodenv: version `22' is not installed (set by /home/kim/shop/.node-version)", "shim"),
        (1, "Volta error: Node is not available.\n\nTo run any Node command, first set a default", "shim"),
        (
            1,
            "Error: proto::detect::failed\n\n  x Failed to detect an applicable version to run Node.js",
            "shim",
        ),
        (1, "Error: proto-shim: Failed to execute proto for the shimmed command: program not found", "shim"),
        (2, "Error ID: rate_limit", "rate-limited"),
        (2, "Error ID: internal_server_error", "server-error"),
        (1, "Error: HTTP Error 500 for GET https://api.heroku.com/x", "server-error"),
        (
            1,
            "Error: HTTP Error 502 for GET https://api.heroku.com/x\n<html>not logged in</html>",
            "unavailable",
        ),
        (1, "Error: HTTP Error 503 for GET https://api.heroku.com/x", "unavailable"),
        (1, "Error: HTTP Error 504 for GET https://api.heroku.com/x\nupstream timed out", "unavailable"),
        (1, "Error: HTTP Error 522 for GET https://api.heroku.com/x", "unavailable"),
        (2, " ›   Error: x\n ›\n ›   Error ID: service_unavailable", "unavailable"),
        (2, " ›   Error: not logged in\n ›\n ›   Error ID: sso_required", "single-sign-on"),
        (2, " ›   Error: x\n ›\n ›   Error ID: verification_required", "unverified"),
        (2, " ›   Error: x\n ›\n ›   Error ID: verification_needed", "unverified"),
        (2, " ›   Error: not logged in\n ›\n ›   Error ID: not_acceptable", "rejected"),
        (
            1,
            "Error: HTTP Error 403 for GET https://api.heroku.com/x\n<html>ECONNREFUSED</html>",
            "intercepted",
        ),
        (1, "Error: HTTP Error 407 for GET https://api.heroku.com/x", "proxy-login"),
        (1, "SyntaxError: Unexpected token '<', \"<html>\"... is not valid JSON", "intercepted"),
        (1, "Error: Parse Error: Expected HTTP/\n    Code: HPE_INVALID_CONSTANT", "intercepted"),
        (1, "SyntaxError: Unexpected end of JSON input", "unreadable"),
        (13, "", "interrupted"),
        (1, "Error: read ECONNRESET\n    Code: ECONNRESET", "interrupted"),
        (1, "Error: socket hang up\n    Code: ECONNRESET", "interrupted"),
        (1, "SyntaxError: Unexpected token < in JSON at position 0", "intercepted"),
        (1, "Error: connect ECONNREFUSED 127.0.0.1:9\n    Code: ECONNREFUSED", "offline"),
        (1, "    Code: EAI_AGAIN", "no-address"),
        (1, "    Code: UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate"),
        (1, "Error: Request timed out", "timed-out"),
        (1, " ›   Error: Request to https://api.heroku.com/apps/shop/config-vars timed out", "timed-out"),
        (1, "    Code: ETIMEDOUT", "timed-out"),
        (1, "    Code: ESOCKETTIMEDOUT", "timed-out"),
        (1, "    Code: UND_ERR_CONNECT_TIMEOUT", "timed-out"),
        (1, "Error: getaddrinfo ENOTFOUND api.heroku.com\n    Code: ENOTFOUND", "no-address"),
        (
            1,
            "Error: tunneling socket could not be established, statusCode=407\n    Code: ECONNRESET",
            "proxy-login",
        ),
        (
            1,
            "Error: tunneling socket could not be established, statusCode=503\n    Code: ECONNRESET",
            "proxy",
        ),
        (
            1,
            "Error: tunneling socket could not be established, cause=getaddrinfo ENOTFOUND p",
            "proxy",
        ),
        (1, "    Code: EPROTO", "no-tls"),
        (2, "Multiple apps in git remotes\n  Usage: --remote X", "several-remotes"),
        (2, "Missing required flag app", "no-app"),
        (127, "env: 'node': No such file or directory", "broken"),
        (0, "", "unreadable"),
        (1, "something new", "failed"),
        (1, "", "failed"),
    ],
)
def test_the_output_of_the_cli_shows_the_reason(code: int, printed: str, reason: Reason) -> None:
    assert classify(Output("exited", code, b"", printed.encode())) == reason


@pytest.mark.parametrize(
    ("printed", "reason"),
    [(b'"<html>Log in to this network</html>"\n', "intercepted"), (b'{"A": "<', "unreadable")],
)
def test_a_page_that_the_cli_prints_as_if_it_were_an_answer(printed: bytes, reason: Reason) -> None:
    assert classify(Output("exited", 0, printed, b"")) == reason


@pytest.mark.parametrize("ending", ["too-slow", "too-large", "cancelled"])
def test_the_way_the_child_ended_precedes_its_output(ending: str) -> None:
    output = Output(ending, -15, b"", b"Error ID: not_found")  # type: ignore[arg-type]
    assert classify(output) == ending


@pytest.mark.parametrize("reason", sorted(set(get_args(Reason)) - LEFT_TO_LOCATE))
def test_every_reason_has_a_sentence_with_a_next_step(reason: Reason) -> None:
    for app in ("shop", None):
        message = failure(reason, app).message
        assert message.endswith(".")
        assert any(step in message for step in ("ry again", "Choose", "heroku "))
        assert "{" not in message


@pytest.mark.parametrize(
    ("reason", "setting"),
    [
        ("broken", "set `heroku.path` to a Heroku CLI that contains its own Node"),
        ("shim", "set `heroku.path` to what `mise which heroku`"),
        ("unreadable", "set `heroku.path` to the program itself"),
        ("failed", "set `heroku.path` to the program itself"),
        ("too-slow", "raise the setting `heroku.timeout`"),
        ("logged-out", "HEROKU_API_KEY is set only there: start this program with it"),
        ("bad-api-key", "unset it where this program is started"),
        ("no-address", "HTTPS_PROXY may be set only there: start this program with it"),
        ("interrupted", "HTTPS_PROXY may be set only there: start this program with it"),
        ("proxy", "Check HTTPS_PROXY where this program is started"),
        ("proxy-login", "Set HTTPS_PROXY to `http://USER:PASSWORD@HOST:PORT`"),
        ("no-tls", "Check HTTPS_PROXY where this program is started"),
        ("offline", "HTTPS_PROXY may be set only there: start this program with it"),
        ("timed-out", "HTTPS_PROXY may be set only there: start this program with it"),
        ("certificate", "set NODE_EXTRA_CA_CERTS"),
    ],
)
def test_what_to_set_if_the_command_works_in_a_terminal(reason: Reason, setting: str) -> None:
    assert setting in failure(reason, "shop").message


def test_nothing_the_cli_prints_is_passed_on() -> None:
    output = Output("exited", 1, b"CANARY", b"CANARY went wrong")
    told = failure(classify(output), "shop")
    assert "CANARY" not in repr(told) + str(told) + repr(output)


def test_a_question_of_the_cli_is_no_failure_of_it() -> None:
    asked = "? Which shop pipeline? (Use arrow keys)\n❯ Thu Jan 01 2026".encode()
    assert classify(Output("exited", 13, asked, b"")) == "several-pipelines"
    printed = b'{"A": "? Which shop pipeline?"}'
    assert classify(Output("exited", 13, printed, b"")) == "interrupted"
