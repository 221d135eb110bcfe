"""``kit doctor``: whether this machine and this gateway are fit to trade on. It looks, and changes nothing."""
