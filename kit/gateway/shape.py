"""Limits on JSON that are checked before it is parsed: depth, keys and the length of strings."""

import re
from typing import Final

from kit.gateway.limits import Limits
from kit.gateway.refusals import InvalidRequest

# Matches from any quote on, to the end where the closing one is missing: a pattern that could fail there would begin
# again at every quote, and a message of 64 KiB would take half a minute.
STRING: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
NO_BRACKETS: Final = re.compile(r"[^\[\]{}]+")


def check_shape(text: str, limits: Limits) -> None:
    """Look over ``text`` without parsing it; text that is no JSON may pass here.

    Raises:
        InvalidRequest: nested too deep, too many keys, or too long a string.
    """
    if max(map(len, STRING.findall(text)), default=0) > limits.json_string_chars_max + 2:
        raise InvalidRequest(f"a string is longer than {limits.json_string_chars_max} characters")
    bare = STRING.sub("", text)
    if bare.count(":") > limits.json_keys_max:
        raise InvalidRequest(f"the message has more than {limits.json_keys_max} keys")
    if bare.count("[") + bare.count("{") > limits.json_depth_max and _is_deeper(bare, limits.json_depth_max):
        raise InvalidRequest(f"the message is nested deeper than {limits.json_depth_max}, or its brackets do not match")


def _is_deeper(bare: str, depth: int) -> bool:
    """Whether brackets are left after ``depth`` times taking the innermost pairs away."""
    brackets = NO_BRACKETS.sub("", bare)
    for _ in range(depth):
        brackets = brackets.replace("[]", "").replace("{}", "")
    return bool(brackets)
