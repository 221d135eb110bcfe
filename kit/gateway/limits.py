"""Everything at the edge has a limit, each with its reason. Tests pass shorter ones."""

from typing import Final

from msgspec import Struct

KIB: Final = 1024
MIB: Final = 1024 * KIB
REQUEST_TIME_LIMIT_S: Final = 30.0  # Longer than any exchange call; a client that waits more has given up.


class Limits(Struct, frozen=True, kw_only=True):
    """The edge's limits; the defaults are the protocol's."""

    message_bytes_max: int = 64 * KIB  # An order has under one; a page of orders is asked for with a line.
    json_depth_max: int = 32  # Our deepest params have four levels; parsers recurse.
    json_keys_max: int = 1_000  # Our largest params have under a hundred.
    json_string_chars_max: int = 1 * KIB  # A note is the longest text a client sends.

    requests_per_second: int = 10
    requests_per_minute: int = 300
    ip_factor: int = 3  # Off loopback one address may do as much as three clients.
    refusals_max: int = 100  # So many within ``refusals_window_s`` is a flood, not a hurry.
    refusals_window_s: float = 10.0
    in_flight_max: int = 32  # Three seconds' worth of requests; the reader waits when so many are unanswered.
    repeats_kept: int = 1_024  # Over three minutes of changing requests at the full rate.

    clients_max: int = 50
    ip_clients_max: int = 20  # Off loopback.
    strangers_max: int = 10  # Connections older than ``stranger_grace_s`` that have not said who they are.
    stranger_grace_s: float = 1.0  # A client connects in milliseconds; this leaves room for a burst of them.
    connect_s: float = 10.0  # From the upgrade to a right ``connect``, and from the TCP connection to the upgrade.
    sockets_max: int = 256  # Clients, strangers and handshakes under way; most systems allow a process 1,024 files.
    heartbeat_s: float = 30.0  # aiohttp cuts a peer that is silent for another half of it: 45 s.

    outbox_bytes_max: int = 4 * MIB  # Fifty slow clients hold 200 MiB.
    socket_bytes_max: int = 64 * KIB  # Written to a socket before its writer waits.
    resume_frames_max: int = 256  # A page of history: about 128 KiB.
    resume_bytes_low: int = 256 * KIB  # The next page is read when the outbox is down to this.
    resume_held_max: int = 1_000  # Live frames held while the last page is read; beyond it another page is read.
    pairs_max: int = 200  # Per subscription.

    close_s: float = 1.0  # For what is still in the outbox and for the peer's own close.
    drain_s: float = 8.0  # Running requests at shutdown: the process is gone within ten seconds.
