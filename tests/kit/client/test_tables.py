"""What the client has written down about methods and events is what the gateway does."""

from typing import Any, get_args

import msgspec
import pytest

from kit.client.answers import ANSWERS, MARKET_ANSWERS, PORTFOLIO_ANSWERS, TOOL_METHODS
from kit.client.command import CHANGING_TOOLS, KEY_FIELDS, READING_METHODS, READING_TOOLS
from kit.client.happenings import PAYLOADS
from kit.gateway.catalogue import PAYLOADS as SENT
from kit.gateway.catalogue import registry_of
from kit.gateway.registry import Method
from kit.gateway.tools import METHOD_OF
from kit.wire.market import MarketAction
from kit.wire.portfolio import PortfolioAction

METHODS = [one for one in registry_of(lambda _: True).methods.values() if isinstance(one, Method)]
BY_ACTION = {"market.data", "portfolio.snapshot"}
LINK = {"connect", "ping", "disconnect"}  # The client's own connection sends these.


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.name)
def test_a_method_that_changes_something_has_its_key_and_no_other_has_one(method: Method[Any, Any]) -> None:
    fields = {field.encode_name for field in msgspec.structs.fields(method.params)}
    if method.changes:
        assert KEY_FIELDS[method.name] in fields
        assert method.name not in READING_METHODS
    else:
        assert method.name not in KEY_FIELDS
        assert method.name in READING_METHODS | {"disconnect"}


@pytest.mark.parametrize(
    "method", [one for one in METHODS if one.name not in BY_ACTION | LINK], ids=lambda one: one.name
)
def test_an_answer_is_read_as_what_was_sent(method: Method[Any, Any]) -> None:
    assert ANSWERS[method.name] == method.result


def test_nothing_is_written_down_that_the_gateway_does_not_have() -> None:
    names = {method.name for method in METHODS}
    assert set(KEY_FIELDS) | READING_METHODS | set(ANSWERS) <= names


def test_every_action_has_its_answer() -> None:
    assert set(MARKET_ANSWERS) == set(get_args(MarketAction))
    assert set(PORTFOLIO_ANSWERS) == set(get_args(PortfolioAction))


def test_tools_change_what_their_methods_change() -> None:
    served = {tool: method for tool, method in METHOD_OF.items() if method is not None}
    assert served == TOOL_METHODS
    assert {tool: KEY_FIELDS.get(method) for tool, method in served.items()} == {
        **dict.fromkeys(READING_TOOLS, None),
        **CHANGING_TOOLS,
    }


def test_events_are_read_as_what_was_sent() -> None:
    assert {name: SENT[name] for name in PAYLOADS} == PAYLOADS
