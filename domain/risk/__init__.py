"""What an account may risk: its limits, its loss on equity, and the checks that an order has to pass."""
