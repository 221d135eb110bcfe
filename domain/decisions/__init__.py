"""One module for each kind of command: what may be done, and what it does."""
