"""A book in EPUB 2 or 3."""
