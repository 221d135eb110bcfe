"""One module for each method: its params, what it needs, and its answer."""
