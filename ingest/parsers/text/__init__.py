"""Plain text and rows of values."""
