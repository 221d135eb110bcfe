"""What the edge is told at start."""

from msgspec import Struct

from kit.gateway.auth import Tokens
from kit.gateway.limits import Limits


class EdgeConfig(Struct, frozen=True, kw_only=True):
    """Where the edge listens and whom it lets in.

    ``hosts`` are further names it answers to; ``origins`` further browser origins (``https://kit.example``) that may
    upgrade. Port 0 takes a free one.
    """

    host: str = "127.0.0.1"
    port: int = 18_800
    tokens: Tokens = Tokens()
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    limits: Limits = Limits()
