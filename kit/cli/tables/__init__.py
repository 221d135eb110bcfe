"""Answers as tables, one module for each kind of document."""
