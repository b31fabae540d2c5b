"""Why a call of the Heroku CLI failed: recognised in its output, reported in our own words.

The output of the CLI is never passed on, because it could contain a value.
"""

from __future__ import annotations

from configvars.platforms.base import PlatformFailure, Reason
from configvars.platforms.heroku.signs import CUT_OFF, QUESTION, SIGNS
from configvars.platforms.process import Output

_MESSAGES: dict[Reason, str] = {
    "broken": "The Heroku CLI could not be started. Run `heroku --version` in a terminal to see why"
    " (it may need Node). If it works there, its Node is not on the PATH of this program, or it is inside the"
    " workspace, and configvars runs no program from there: install Node elsewhere, or set `heroku.path` to a"
    " Heroku CLI that contains its own Node, then try again.",
    "shim": "The Heroku CLI, or the Node that it runs on, is run by a version manager (such as mise, asdf,"
    " nodenv, pyenv, Volta or proto), which has no version outside of your project, or is itself not on the"
    " PATH of this program. Set a global version with it (`mise use --global`, `asdf set --home`, or"
    " `asdf global` before asdf 0.16, `nodenv global`, `pyenv global`, `volta install node`,"
    " `proto pin --to=global`), or set `heroku.path` to what `mise which heroku`, `asdf which heroku` or the"
    " same command of your version manager prints, then try again.",
    "logged-out": "You are not logged in to Heroku. Run `heroku login` in a terminal, then try again. If"
    " `heroku apps` works there anyway, HEROKU_API_KEY is set only there: start this program with it.",
    "bad-api-key": "Heroku rejects the key in HEROKU_API_KEY. Correct or unset it where this program is"
    " started, or run `heroku login` without it, then try again.",
    "two-factor": "Heroku asks for your second factor for {app}. Run `heroku config --app={app}` once in a"
    " terminal, then try again.",
    "single-sign-on": "The team of {app} wants you to log in through its single sign-on. Run"
    " `heroku login --sso` in a terminal, then try again.",
    "unverified": "Heroku wants your account to be verified first. Add a payment method at"
    " https://heroku.com/verify, then try again.",
    "no-access": "Your Heroku account has no access to the config vars of {app}. Ask its owner for access,"
    " or run `heroku login` with another account, then try again.",
    "ip-denied": "Heroku does not allow access to {app} from your network: its team or space allows only some"
    " addresses. Connect to your VPN, or have your address added to its trusted IP ranges, then try again.",
    "unknown-pipeline": "Your Heroku account has no pipeline of this name. `heroku pipelines` in a terminal"
    " lists yours.",
    "several-pipelines": "Several Heroku pipelines that you can see have this name. Give the id of the one"
    " that you mean: `heroku pipelines --json` in a terminal shows the ids of yours.",
    "unknown-app": "Your Heroku account has no app called {app}. Choose another app, or run"
    " `heroku login` with the account that has it.",
    "no-app": "The Heroku CLI does not know which app is meant. Choose an app, then try again.",
    "several-remotes": "Several Heroku apps are in the git remotes. Choose one, then try again.",
    "suspended": "Heroku has locked the account behind {app} until a bill is paid. See"
    " https://dashboard.heroku.com/account/billing, then try again.",
    "rate-limited": "Your account has reached Heroku's rate limit. Wait some minutes, then try again.",
    "server-error": "Heroku reported an internal error. See https://status.heroku.com and try again later.",
    "unavailable": "Heroku's API is not available at the moment: a gateway on the way to it answered instead."
    " See https://status.heroku.com and try again later. If `heroku apps` works in a terminal, check the"
    " proxy settings of this program (HTTPS_PROXY).",
    "rejected": "Heroku rejected the request. Run `heroku config --app={app}` in a terminal to see why; if it"
    " says that the CLI is too old, run `heroku update`. Then try again.",
    "maintenance": "Heroku's API is under maintenance. See https://status.heroku.com and try again later.",
    "offline": "Heroku cannot be reached. Check the network and proxy settings, then try again. If"
    " `heroku apps` works in a terminal, HTTPS_PROXY may be set only there: start this program with it.",
    "no-address": "The address of Heroku was not found (DNS). Check that this machine is online and connected"
    " to your VPN, if you need one, then try again. If `heroku apps` works in a terminal, HTTPS_PROXY may be"
    " set only there: start this program with it.",
    "interrupted": "The connection to Heroku was interrupted. Try again; if it happens again,"
    " check the network, VPN and proxy settings. If `heroku apps` works in a terminal, HTTPS_PROXY may be set"
    " only there: start this program with it.",
    "proxy-login": "The proxy wants a user name and a password. Set HTTPS_PROXY to"
    " `http://USER:PASSWORD@HOST:PORT` (with `%` and two digits for special characters) where this program is"
    " started, then try again.",
    "proxy": "The proxy did not connect to Heroku. Check HTTPS_PROXY where this program is started, and that"
    " the proxy allows api.heroku.com:443, then try again.",
    "intercepted": "The answer did not come from Heroku, but from a proxy, a firewall or the login page of"
    " your network. Open https://api.heroku.com/schema in a browser to see it, log in to the network or ask"
    " for access to api.heroku.com, then try again.",
    "no-tls": "No encrypted connection to Heroku could be made: what answered does not speak TLS as expected."
    " Check HTTPS_PROXY where this program is started (most proxies have an `http://` URL), and ask whether a"
    " firewall blocks api.heroku.com:443, then try again.",
    "certificate": "The connection to Heroku is not trusted: its certificate could not be verified."
    " Behind a proxy that reads TLS, set NODE_EXTRA_CA_CERTS to the path of its certificate (a PEM file), or"
    " NODE_USE_SYSTEM_CA to 1 where the system has it, and start this program with it, then try again.",
    "too-slow": "Heroku did not answer in time. Try again, or raise the setting `heroku.timeout`.",
    "timed-out": "Heroku did not answer the Heroku CLI in time. Check the network and proxy settings and"
    " https://status.heroku.com, then try again. If `heroku apps` works in a terminal, HTTPS_PROXY may be"
    " set only there: start this program with it.",
    "too-large": "The answer of the Heroku CLI is too large to be read."
    " Run `heroku config --app={app}` in a terminal to see what it says.",
    "unreadable": "The answer of the Heroku CLI could not be understood. Run `heroku config --app={app}` in a"
    " terminal to see what it says, or update it with `heroku update`; if it works there,"
    " set `heroku.path` to the program itself if `heroku` is a wrapper script. Then try again.",
    "cancelled": "The request to Heroku was cancelled. Try again.",
    "failed": "The Heroku CLI failed. Run `heroku config --app={app}` in a terminal to see why; if it works"
    " there, set `heroku.path` to the program itself if `heroku` is a wrapper script. Then try again.",
}


def failure(reason: Reason, app: str | None) -> PlatformFailure:
    """The failure with its message for the user.

    `app` is a validated name, or None if the call was not about an app.
    """
    message = _MESSAGES[reason]
    if app is None:
        message = message.replace("`heroku config --app={app}`", "`heroku apps`")
    return PlatformFailure(reason, message.format(app=app or "this app"))


def classify(output: Output) -> Reason:
    """The reason why a call did not return what was asked for."""
    if output.ending != "exited":
        return output.ending
    printed = output.stderr.decode("utf-8", "replace")
    for sign, reason in SIGNS:
        if sign in printed:
            return reason
    if QUESTION.match(output.stdout[:100].decode("utf-8", "replace")):
        return "several-pipelines"
    if output.code in (126, 127):
        return "broken"
    if output.code == CUT_OFF and not printed.strip():
        return "interrupted"
    if output.code != 0:
        return "failed"
    return "intercepted" if output.stdout.lstrip(b'" \r\n').startswith(b"<") else "unreadable"
