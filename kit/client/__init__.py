"""The Python client: one WebSocket that comes back by itself, typed answers, and commands that are safe to repeat."""
