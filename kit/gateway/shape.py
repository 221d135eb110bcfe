"""Limits on JSON that are checked before it is parsed: depth, keys and the length of strings."""

import re
from typing import Final

from kit.gateway.limits import Limits
from kit.gateway.refusals import InvalidRequest

STRING: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
BRACKETS: Final = re.compile(r"[\[\]{}]")


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
    if bare.count("[") + bare.count("{") > limits.json_depth_max and _depth(bare) > limits.json_depth_max:
        raise InvalidRequest(f"the message is nested deeper than {limits.json_depth_max}")


def _depth(bare: str) -> int:
    depth = deepest = 0
    for bracket in BRACKETS.findall(bare):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
