"""The section on limits, with the values that the gateway runs with."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import msgspec

from domain.account import OPEN_ORDERS_MAX
from domain.decisions.rules import MARKET_PROTECTION
from domain.money import DECIMALS_MAX, EXPONENT_MAX, INTEGER_DIGITS_MAX, NUMBER_CHARS_MAX
from kit.gateway.limits import KIB, MIB, REQUEST_TIME_LIMIT_S, Limits
from kit.reference.markdown import number, table
from kit.trading.desk import SETTLE_WAIT_S


class Words(NamedTuple):
    """What is limited, and what happens beyond it."""

    what: str
    beyond: str


EDGE: Final[Mapping[str, Words]] = {
    "message_bytes_max": Words("one message", "close 1009"),
    "json_depth_max": Words("nesting of a message, levels", "`INVALID_REQUEST`"),
    "json_keys_max": Words("keys in a message", "`INVALID_REQUEST`"),
    "json_string_chars_max": Words("characters in a string", "`INVALID_REQUEST`"),
    "requests_per_second": Words("requests of one client in any second", "`RATE_LIMITED`"),
    "requests_per_minute": Words("requests of one client in any minute", "`RATE_LIMITED`"),
    "ip_factor": Words("off loopback: one address, as many clients' worth of requests", "`RATE_LIMITED`"),
    "refusals_max": Words("requests refused for their rate, within the window below", "close 1008"),
    "refusals_window_s": Words("that window", ""),
    "in_flight_max": Words("requests of one client being worked on", "the next one is not read until one is answered"),
    "repeats_kept": Words("changing requests of one connection whose ids are remembered", "the oldest id is forgotten"),
    "clients_max": Words("clients", "`RATE_LIMITED` to `connect`, close 1013"),
    "ip_clients_max": Words("off loopback: clients from one address", "`RATE_LIMITED` to `connect`, close 1013"),
    "strangers_max": Words("connections without a `connect`, older than the grace below", "close 1013 for one of them"),
    "stranger_grace_s": Words("that grace", ""),
    "connect_s": Words("from the connection to a right `connect`", "close 1008"),
    "sockets_max": Words("connections of any kind", "the oldest one that is no WebSocket yet is closed"),
    "heartbeat_s": Words("between WebSocket pings", "a peer that is silent for half as long again is cut off"),
    "outbox_bytes_max": Words(
        "waiting for one client that does not read", "market events are dropped, then close 1013"
    ),
    "socket_bytes_max": Words("written to one socket before its writer waits", "it waits"),
    "resume_frames_max": Words("log lines read at once for `resumeFrom`", "another page is read"),
    "resume_bytes_low": Words("left to send before the next page is read", "it waits"),
    "resume_held_max": Words("live events held while the last page is read", "another page is read"),
    "pairs_max": Words("pairs in one subscription", "`INVALID_REQUEST`"),
    "close_s": Words("for the last frames of a connection that ends", "it is cut off"),
    "drain_s": Words(
        "for running requests when the gateway stops",
        "it stops without them; what the ledger had taken is still written",
    ),
}


def limits_section() -> str:
    return table(("what", "limit", "beyond it"), [*_edge(), *_others()])


def _edge() -> Iterator[list[str]]:
    for field in msgspec.structs.fields(Limits):
        words = EDGE[field.name]
        yield [words.what, shown(field.name, field.default), words.beyond]


def _others() -> Iterator[list[str]]:
    yield [
        "working on one request",
        f"{number(REQUEST_TIME_LIMIT_S)} s",
        "`INTERNAL_ERROR`, `details.outcome: unknown`",
    ]
    yield ["waiting for a market order to be done", f"{number(SETTLE_WAIT_S)} s", "it is answered as it then stands"]
    yield [
        "a market order's price, from the one it was decided at",
        f"{MARKET_PROTECTION:.0%}",
        "the rest is cancelled",
    ]
    yield ["orders and exits open in one account", number(OPEN_ORDERS_MAX), "`INVALID_ORDER`"]
    yield ["digits before the point of a number", number(INTEGER_DIGITS_MAX), "`INVALID_REQUEST`"]
    yield ["decimals of a number", number(DECIMALS_MAX), "`INVALID_REQUEST`"]
    yield ["exponent of a number", f"±{EXPONENT_MAX}", "`INVALID_REQUEST`"]
    yield ["characters of a number", number(NUMBER_CHARS_MAX), "`INVALID_REQUEST`"]


def shown(name: str, value: float) -> str:
    """A limit with the unit that its name ends in."""
    if "_bytes_" in name:
        return f"{number(value / MIB)} MiB" if value >= MIB else f"{number(value / KIB)} KiB"
    return f"{number(value)} s" if name.endswith("_s") else number(value)
