"""Functions of libraries that raise an exception if an argument is `None`, by the path that leads to them.

The value is the name of the argument, which is the first one or only passed by name. All were called with
`None`: discord.py 2.7, itsdangerous 2.2, aiogram 3.31, pyTelegramBotAPI 4.37, python-telegram-bot 22.8, Slack
Bolt 1.30, Twilio 9.13.
"""

from __future__ import annotations

from typing import Final

_SIGNERS = ("Signer", "TimestampSigner")
_SERIALIZERS = ("Serializer", "TimedSerializer", "URLSafeSerializer", "URLSafeTimedSerializer")
_RUN_BY_DISCORD = (
    *("discord.Client", "discord.AutoShardedClient", "discord.Bot", "discord.AutoShardedBot"),
    *("discord.ext.commands.Bot", "discord.ext.commands.AutoShardedBot"),
)

REFUSES_NONE: Final = {
    **{f"{each}().{method}": "token" for each in _RUN_BY_DISCORD for method in ("run", "start", "login")},
    **{f"itsdangerous.{each}": "secret_key" for each in (*_SIGNERS, *_SERIALIZERS)},
    **{f"itsdangerous.signer.{each}": "secret_key" for each in _SIGNERS},
    "itsdangerous.serializer.Serializer": "secret_key",
    "itsdangerous.timed.TimedSerializer": "secret_key",
    "itsdangerous.timed.TimestampSigner": "secret_key",
    "itsdangerous.url_safe.URLSafeSerializer": "secret_key",
    "itsdangerous.url_safe.URLSafeTimedSerializer": "secret_key",
    "aiogram.Bot": "token",
    "aiogram.client.bot.Bot": "token",
    "slack_bolt.App": "token",
    "slack_bolt.async_app.AsyncApp": "token",
    "telebot.TeleBot": "token",
    "telebot.async_telebot.AsyncTeleBot": "token",
    "telegram.Bot": "token",
    "telegram.ext.Application.builder().token": "token",
    "telegram.ext.ApplicationBuilder().token": "token",
    "twilio.request_validator.RequestValidator": "token",
}
