"""Tokens that are kept in files, so that no environment shows them."""

from pathlib import Path
from typing import Final

from kit.settings.errors import Unusable
from kit.settings.secret import Secret
from kit.settings.values import token

# The file's setting, by the setting that it stands in for.
IN_FILES: Final = {"gateway.token": "gateway.token_file", "gateway.read_token": "gateway.read_token_file"}


def read_token(file: Path) -> Secret:
    """The token in ``file``, without the white space around it.

    Raises:
        Unusable: the file cannot be read, or holds anything else.
    """
    try:
        text = file.read_text("utf-8").strip()
    except OSError as error:
        raise Unusable(f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Unusable("must be a text file") from None
    try:
        return token(text)
    except Unusable as error:
        raise Unusable(f"the token in it {error}") from None
