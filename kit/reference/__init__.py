"""The tables of the documentation, rendered from the structs that the gateway runs on: they cannot drift apart."""
