"""The wire contract as types: what the gateway sends and what the client reads."""
