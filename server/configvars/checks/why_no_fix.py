"""The reasons why findings of a check have no fix, always or in some cases: a person has to decide."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WHY_NO_FIX: Mapping[str, str] = MappingProxyType(
    {
        "not-on-heroku": "only you know the value for the app; set it with `heroku config:set`",
        "missing-variable": "only you know its value",
        "read-before-load": "only you know whether the load can be moved above the read",
        "config-object-not-found": "only you know whether the string or the class has the wrong name",
        "missing-env-file": "only you know which file was meant",
        "string-truthiness": "only you know which words the code should accept as yes and no",
        "unguarded-conversion": "only you know a default that fits",
        "default-of-another-type": "only you know which of the two types the code expects",
        "non-string-value": "only you know which string the code that reads the variable expects",
        "unreadable-env-file": "the file has to be saved as UTF-8, or made readable, outside of this editor",
        "unreadable-file": "the file has to be saved as UTF-8, outside of this editor",
        "unloaded-env-file": "only you know where the program should load it",
        "syntax-error": "only you know what the line should say",
        "bare-name": "only you know whether it is a name without a value or a part of another value",
        "invalid-name": "only you know every program that uses the name",
        "unconvertible-value": "only you know which value was meant",
        "empty-variable": "no chosen Heroku app has a value for it, so only you know the value",
        "forbidden-variable": "only you know whether the line or the settings class is wrong",
        "ignored-field-env": "the code does not spell out a single name at this place, or the field has an alias already",
        "undefined-interpolation": "only you know which variable was meant",
        "readers-disagree": "no way to write the value works for both programs",
        "tracked-by-git": "only you can decide to run `git rm --cached` and to replace the secrets",
        "readable-by-others": "you have to change the mode of the file in a terminal: `chmod 600`",
        "partly-encrypted": "only dotenvx can encrypt it, with your keys: `dotenvx encrypt`",
        "instance-folder-on-heroku": "the loaded file cannot be moved to the environment automatically",
        "config-file-not-deployed": "the loaded file cannot be moved to the environment automatically",
        "flask-app-not-found": "only you know which module has the app",
        "overridden-on-heroku": "only you know which of the two values should win",
        "ephemeral-storage": "only you know which storage the data should move to",
        "ignored-config-key": "the upper-case key is already set, or the code has to pass an instance",
        "unset-config-key": "only you know the value of the key",
        "required-config-key": "only you know the value of the key",
        "late-config-key": "only you know whether this line can be moved above the other",
        "changing-secret-key": "only you can create a key that stays the same and keep it secret",
        "overwritten-variable": "only you know which of the two values should win",
        "dotenv-as-python": "only you know how the app should get the values instead",
        "removed-config-key": "what replaces the key depends on what it was for",
        "text-config-value": "only you know which value was meant",
        "prefix-collision": "only you know which of the two variables should be renamed",
        "hardcoded-secret": "only the whole value of a Flask key, of an attribute or of a name outside of a class can"
        " be moved, if the env file is loaded before and git does not track it",
        "postgres-scheme": "the value passes through code that a replacement could break",
        "rediss-certificate": "the options of the connection are not written out at this place",
        "config-too-large": "only you know what can be stored somewhere else",
        "declared-not-on-heroku": "only you know the value for the app; set it with `heroku config:set`",
        "addon-not-on-heroku": "an add-on may cost money: create it with `heroku addons:create`",
        "apps-differ": "only you know whether both apps should have it",
        "invalid-setting": "only you know which setting was meant",
        "unused-suppression": "the comment also suppresses something that is found",
    }
)
"""By names of checks; each reason can follow "No fix for this: "."""
