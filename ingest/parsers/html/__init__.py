"""A web page."""
