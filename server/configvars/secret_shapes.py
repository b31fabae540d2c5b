"""Recognises values by their form: a key of a known service, a password in a URL, a placeholder.

The patterns are those that the services document or that secret scanners agree on; we wrote them ourselves.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise

from configvars.patterns import lazy_pattern

_KEYS = lazy_pattern(
    r"""(?<![A-Za-z0-9_-])(?:
      (?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}                      # Amazon Web Services
    | AIza[\w-]{35}                                                        # Google
    | GOCSPX-[\w-]{28}
    | (?:sk|rk)_(?:live|prod)_[0-9A-Za-z]{16,}                             # Stripe
    | whsec_[0-9A-Za-z+/]{24,}
    | gh[pousr]_[0-9A-Za-z]{36,}                                           # GitHub
    | github_pat_[0-9A-Za-z_]{60,}
    | gl(?:pat|ptt|rt|dt|soat)-[\w-]{20,}                                  # GitLab
    | xox[abeoprs]-[0-9A-Za-z-]{20,}                                       # Slack
    | xapp-\d-[0-9A-Za-z-]{20,}
    | SG\.[\w-]{16,32}\.[\w-]{16,64}                                       # SendGrid
    | SK[0-9a-f]{32}                                                       # Twilio
    | key-[0-9a-f]{32}                                                     # Mailgun
    | [0-9a-f]{32}-us\d{1,2}                                               # Mailchimp
    | sk-ant-[a-z]+\d*-[\w-]{60,}                                          # Anthropic
    | sk-(?:proj|svcacct|admin)-[\w-]{40,}                                 # OpenAI
    | sk-[0-9A-Za-z]{20}T3BlbkFJ[0-9A-Za-z]{20}
    | hf_[A-Za-z]{34}                                                      # Hugging Face
    | gsk_[0-9A-Za-z]{48,}                                                 # Groq
    | r8_[0-9A-Za-z]{37}                                                   # Replicate
    | npm_[0-9A-Za-z]{36}                                                  # registries of packages
    | pypi-AgE[\w-]{50,}
    | do[opr]_v1_[0-9a-f]{64}                                              # DigitalOcean
    | HRKU-[\w-]{36,}                                                      # Heroku
    | shp(?:at|ca|pa|ss)_[0-9A-Fa-f]{32}                                   # Shopify
    | sq0(?:atp|csp)-[\w-]{22,43}                                          # Square
    | dapi[0-9a-f]{32}                                                     # Databricks
    | lin_api_[0-9A-Za-z]{40}                                              # Linear
    | ntn_[0-9A-Za-z]{43,}                                                 # Notion
    | PMAK-[0-9a-f]{24}-[0-9a-f]{34}                                       # Postman
    | NRAK-[0-9A-Z]{27}                                                    # New Relic
    | sntry[su]_[\w=+/]{40,}                                               # Sentry
    | dp\.(?:pt|st|ct|sa)\.[\w.-]{40,}                                     # Doppler
    | \d{8,10}:AA[\w-]{33}                                                 # Telegram
    | AGE-SECRET-KEY-1[0-9A-Z]{58}                                         # age
    )(?![A-Za-z0-9])
    | -----BEGIN[ ](?:[A-Z]+[ ])*PRIVATE[ ]KEY-----(?:\s|\\[nr])*[A-Za-z0-9+/]{16}  # and the key
    | https://hooks\.slack\.com/services/T\w{6,}/B\w{6,}/\w{20,}
    """,
    re.VERBOSE,
)
# Of each key in `_KEYS`, and of a URL with a password: to look for these takes a fraction of the time.
_MARKS = (
    *(b"A3T", b"AKIA", b"ASIA", b"ABIA", b"ACCA", b"AIza", b"GOCSPX-", b"_live_", b"_prod_", b"whsec_"),
    *(b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"github_pat_", b"glpat-", b"glptt-", b"glrt-", b"gldt-"),
    *(b"glsoat-", b"xox", b"xapp-", b"SG.", b"SK", b"key-", b"-us", b"sk-ant-", b"sk-proj-", b"sk-svcacct-"),
    *(b"sk-admin-", b"T3BlbkFJ", b"hf_", b"gsk_", b"r8_", b"npm_", b"pypi-AgE", b"_v1_", b"HRKU-", b"shp"),
    *(
        b"sq0",
        b"dapi",
        b"lin_api_",
        b"ntn_",
        b"PMAK-",
        b"NRAK-",
        b"sntry",
        b"dp.",
        b":AA",
        b"AGE-SECRET-KEY-1",
    ),
    *(b"PRIVATE KEY-----", b"//hooks.slack.com/"),
)
_HEAD = lazy_pattern(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*")
_PASSWORD = lazy_pattern(
    r"[A-Za-z][\w+.-]*://(?P<user>[^\s:/?#@]*):(?P<password>[^\s/@]+)@(?P<host>\[[^\]]*\]|[^\s/:?#]+)"
)
_LOCAL = lazy_pattern(
    r"(?:localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\]|host\.docker\.internal|[^.]*"
    r"|.*\.(?:local|localhost|internal|test|example|invalid|lan)|(?:.*\.)?example\.(?:com|org|net))",
    re.IGNORECASE,
)
_LOCAL_URL = lazy_pattern(
    r"[A-Za-z][\w+.-]*://(?:[^\s/@:]*(?::[^\s/@]*)?@)?"
    r"(?:localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0|host\.docker\.internal)?(?::\d+)?(?:[/?#]\S*)?"
)
_INCOMPLETE = lazy_pattern(
    r"[<>{}$*…]|\.\.\.|your|change|x{3}|user(?:name)?:pass|/(?:db_?name|database(?:_?name)?|name)\b",
    re.IGNORECASE,
)
# Words between separators, and words that do not occur by chance, at any position.
_DUMMY_WORD = lazy_pattern(
    r"(?:^|[^A-Za-z0-9])(?:your|my|test|testing|fake|todo|fixme|dev|development|key|foo|bar|none|null|tbd|user"
    r"|root|admin|demo|postgres|mysql|redis|guest|secret|password|change|changeme|dummy|example|sample|insecure"
    r"|default|placeholder|replace|token|local|random|string|xxx)(?:$|[^A-Za-z0-9])"
    r"|^(?:your|my)|\*\*\*|\.\.\.|…|(?:^|\W)(?:1234|0000)|^<|[{}<>]|\$\(|^\$|x{4}",
    re.IGNORECASE,
)
_DUMMY = lazy_pattern(
    r"secret|passw|chang|dummy|example|sample|insecure|default|placeholder|replace|fixme|token|local|guess"
    r"|super|random|qwerty|hello|string|develop|testing",
    re.IGNORECASE,
)
# The same words in other languages: Portuguese, Spanish, French, German, Italian; Chinese, Japanese, Russian.
_DUMMY_ABROAD = lazy_pattern(
    r"(?:^|[^A-Za-z0-9])(?:troque|trocar|mude|mudar|altere|alterar|sua|seu|chave|senha|segredo|secreta|secreto|exemplo|aqui"
    r"|cambia|cambiar|cambiame|cambie|clave|contrase[nñ]a|ejemplo|changez|changer|changeons|votre|cle|clé|motdepasse|exemple"
    r"|aendern|ändern|geheim|geheimnis|passwort|dein|deine|deinen|beispiel|ersetzen|cambiami|tua|esempio)(?:$|[^A-Za-z0-9])"
    r"|你的|您的|密钥|密码|替换|修改|あなたの|パスワード|ваш|пароль|секрет",
    re.IGNORECASE,
)
# `shop:shop` as user and password, and the path or alias of a key: `alias/auth`.
_NAMING = lazy_pattern(r"(\w+):\1|/?[a-z_.-]+(?:/[a-z_.-]+)+")
_ADDRESSES = lazy_pattern(r"[a-z][a-z0-9.-]*:\d{2,5}(?:,\s*[a-z][a-z0-9.-]*:\d{2,5})*")
_SENTENCE = lazy_pattern(r"[A-Za-z',]+(?:\s+[A-Za-z',]+){4,}[.!]?")
_DUMMY_PASSWORD = lazy_pattern(r"pass|pwd|1234|abc|asdf", re.IGNORECASE)
DATABASE = lazy_pattern(
    r"(?:postgres(?:ql)?|pgsql|postgis|timescale(?:gis)?|cockroach(?:db)?|redshift|mysql2?|mysqlgis|mariadb|mongodb"
    r"|rediss?|valkeys?|amqps?|mssql|mssqlms|sqlserver|oracle|snowflake|clickhouse|ibm_db_sa|db2|neo4j|bolt|couchbases?)"
    r"(?:\+[\w.-]+)?://",
    re.IGNORECASE,
)
# Hosts where each address belongs to the account of a customer.
_HOSTED = lazy_pattern(
    r".+\.(?:mongodb\.net|amazonaws\.com|azure\.com|elephantsql\.com|neon\.tech|supabase\.(?:co|com)|render\.com"
    r"|railway\.app|rlwy\.net|psdb\.cloud|ondigitalocean\.com|aivencloud\.com|upstash\.io|cloudamqp\.com"
    r"|redislabs\.com|redis-cloud\.com|mlab\.com|clever-cloud\.com|cockroachlabs\.cloud|scalingo-dbs\.com)",
    re.IGNORECASE,
)
_TOKEN = lazy_pattern(r"[A-Za-z0-9+/_=.-]{16,}")
_APP_PASSWORD = lazy_pattern(r"(?:[a-z]{4} ){3}[a-z]{4}")
_ENCRYPTED = "encrypted:"
_MIN_LENGTH = 10
_MIN_PASSWORD = 8
_MIN_BYTES = 12
_MOST_BYTES = 64  # among more bytes, many occur twice
_MIN_BITS = 2.9
_MIN_BITS_WITH_BLANKS = 3.7


def is_encrypted(value: str) -> bool:
    """Whether dotenvx has encrypted a value: such values are meant to be committed."""
    return value.startswith(_ENCRYPTED)


def is_known_key(value: str) -> bool:
    """Whether a value is, or contains, a key in the format of a known service."""
    return _KEYS.search(value) is not None


def may_contain_secret(data: bytes) -> bool:
    """Whether bytes may contain a key in the format of a known service, or a URL with a password."""
    return any(mark in data for mark in _MARKS) or (b"@" in data and b"://" in data)


def is_head_of_private_key(value: str) -> bool:
    """Whether a value is the first line of a private key, which is all that is read of one without quotes."""
    return _HEAD.fullmatch(value) is not None


def has_password(value: str) -> bool:
    """Whether a value is a URL with a password for a host outside this machine and network."""
    found = _PASSWORD.match(value)
    if found is None or _LOCAL.fullmatch(found["host"]):
        return False
    return (
        found["password"] != found["user"]
        and not _DUMMY.search(found["password"])
        and len(found["password"]) > 3
    )


def is_local_url(value: str) -> bool:
    """Whether a value is the complete URL of a service or file on this machine."""
    return _LOCAL_URL.fullmatch(value) is not None and not _INCOMPLETE.search(value)


def opens_a_database(value: str) -> bool:
    """Whether a value is the URL of a database on another machine, with a password that looks real.

    On the hosts of a database provider, a password of words is real, too.
    """
    found = _PASSWORD.match(value) if DATABASE.match(value) and has_password(value) else None
    if found is None:
        return False
    password = found["password"]
    is_mixed = any(map(str.isdigit, password)) and any(map(str.isalpha, password))
    is_dummy = is_placeholder(password) or _DUMMY_PASSWORD.search(password)
    is_real = is_mixed or _HOSTED.fullmatch(found["host"]) is not None
    return len(password) >= _MIN_PASSWORD and is_real and not is_dummy


def is_placeholder(value: str) -> bool:
    """Whether a value has to be filled in, or refers to one.

    For example `change-me`, `<key>`, `$KEY`, `xxxx`, `alias/key`.
    """
    if (
        len(set(value)) < 3
        or _DUMMY_WORD.search(value)
        or _DUMMY_ABROAD.search(value)
        or _NAMING.fullmatch(value)
        or _SENTENCE.fullmatch(value)
    ):
        return True
    return _DUMMY.search(value) is not None and not (_is_drawn(value) and not _is_words(value))


def is_address(value: str) -> bool:
    """Whether a value consists of addresses of servers, with their ports: `kafka-broker:29092`."""
    return _ADDRESSES.fullmatch(value) is not None


def is_random(value: str) -> bool:
    """Whether a value looks random: a key or a good password, not words."""
    if _APP_PASSWORD.fullmatch(value):
        return len(set(value)) > 6
    if _is_bytes(value):
        return True
    if len(value) < _MIN_LENGTH or is_placeholder(value) or is_address(value):
        return False
    if not any(c.isdigit() for c in value) and any(c.isalpha() and ord(c) < 128 for c in value):
        return False
    return bits(value) >= (_MIN_BITS_WITH_BLANKS if any(c.isspace() for c in value) else _MIN_BITS)


def _is_bytes(value: str) -> bool:
    """Whether a string consists of random bytes, such as those of `os.urandom`, and of no text or format."""
    if len(value) < _MIN_BYTES or max(value) > "\xff" or value.isprintable():
        return False
    few = min(len(value), _MOST_BYTES)
    others = sum(not " " <= char <= "~" for char in value)
    return len(set(value)) >= 0.8 * few and others >= len(value) / 4 and not _is_utf8(value)


def _is_utf8(value: str) -> bool:
    try:
        value.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def bits(value: str) -> float:
    """The entropy of a string's characters in bits, for each character."""
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())


def _is_drawn(value: str) -> bool:
    """Whether letters and digits alternate so often that words in the string are coincidence."""
    if not _TOKEN.fullmatch(value) or bits(value) < 3.2:
        return False
    changes = sum(a.isdigit() != b.isdigit() for a, b in pairwise(value))
    return changes * 6 >= len(value)


def _is_words(value: str) -> bool:
    """Whether the parts of a string are words, followed at most by a number."""
    return all(re.fullmatch(r"[A-Za-z]*\d*", part) for part in re.split(r"[\W_]+", value))
