"""The live fold: views kept current with the log, off the path of commands."""
