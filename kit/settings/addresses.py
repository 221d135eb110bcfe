"""Hosts and origins: which are well written, and which only this machine can reach."""

import ipaddress
import re
from typing import Final

from kit.settings.errors import Unusable

NAME: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*", re.ASCII)
ORIGIN: Final = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<host>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?P<port>:[0-9]{1,5})?"
)
USUAL_PORTS: Final = {"http": ":80", "https": ":443"}
HOST_CHARS_MAX: Final = 253


def host(text: str) -> str:
    """A host name or an address without a port; in small letters, IPv6 without its brackets."""
    name = text.lower()
    name = name[1:-1] if name.startswith("[") and name.endswith("]") else name
    if _address(name) is None and (len(name) > HOST_CHARS_MAX or NAME.fullmatch(name) is None):
        raise Unusable("must be a host name or an IP address, without a port")
    return name


def origin(text: str) -> str:
    """An origin as browsers send it: scheme, host, and the port where it is not the scheme's usual one."""
    found = ORIGIN.fullmatch(text.lower())
    if found is None:
        raise Unusable("must be an origin such as https://example.org:8443, without a path")
    usual = USUAL_PORTS.get(found["scheme"])
    return found[0].removesuffix(usual) if usual and found["port"] == usual else found[0]


def is_loopback(host: str) -> bool:
    """Whether ``host``, a name or an address, is this machine's own and no other's; of names only localhost is."""
    address = _address(host)
    return host == "localhost" if address is None else address.is_loopback


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
