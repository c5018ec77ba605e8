"""Summaries by the built-in writer."""
