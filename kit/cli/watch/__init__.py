"""``kit watch``: a model folded from answers and events, panels drawn from it, and the terminal around both."""
