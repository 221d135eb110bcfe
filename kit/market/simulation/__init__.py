"""A market that is computed: a path of prices that depends on nothing but a seed, a pair and a time."""
