"""Easier versions by the built-in writer."""
