"""Versioned prompt templates and the one loader that renders them."""
