"""Concept maps by the built-in writer."""
