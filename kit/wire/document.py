"""The base of all payloads."""

from msgspec import Struct


class Document(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A payload: camelCase on the wire; a field at its default is left out. Unknown fields are ignored when read."""
