"""What a log must not show: values under telling names, and registered secrets wherever they stand."""

import re
from typing import Final
from urllib.parse import quote

from kit.settings.secret import MASK

SECRET_CHARS_MIN: Final = 4  # A shorter one would blacken half of every line, and is no secret.
TELLING: Final = ("token", "secret", "password", "passphrase", "apikey", "authorization", "privatekey", "cookie")
IGNORED_IN_NAMES: Final = re.compile(r"[^a-z0-9]", re.ASCII)

# token=x, "token": "x", token='x y', as in URLs, JSON and reprs; not the word in a sentence.
NAMED: Final = re.compile(
    r"""((?:token|secret|password|passphrase|api[_-]?key)(?:["']\s*:|["']?\s*=)\s*)"""
    r"""("[^"]*"|'[^']*'|[^\s"'&,;)}\]]+)""",
    re.IGNORECASE,
)
HEADER: Final = re.compile(r"""(authorization["']?\s*[:=]\s*["']?(?:(?:bearer|basic)\s+)?)[^\s"',]+""", re.IGNORECASE)
URL_PASSWORD: Final = re.compile(r"(://[^\s/:@]*:)[^\s/@]+(?=@)")

# Longest first, so that a secret inside another one does not leave the rest of it standing.
_registered: list[str] = []


def register_secret(text: str) -> None:
    """Never log ``text`` again, nor as it would stand in a URL or in a repr."""
    if len(text) >= SECRET_CHARS_MIN:
        spellings = {text, quote(text, safe=""), repr(text)[1:-1]}
        _registered[:] = sorted(spellings.union(_registered), key=len, reverse=True)


def is_telling(name: str) -> bool:
    """Whether what stands under ``name`` (``apiKey``, ``read_token``) is a secret."""
    plain = IGNORED_IN_NAMES.sub("", name.lower())
    return plain == "auth" or any(word in plain for word in TELLING)


def masked(text: str) -> str:
    """``text`` without the secrets in it."""
    for secret in _registered:
        text = text.replace(secret, MASK)
    text = NAMED.sub(rf"\1{MASK}", text)
    text = HEADER.sub(rf"\1{MASK}", text)
    return URL_PASSWORD.sub(rf"\1{MASK}", text) if "://" in text else text
