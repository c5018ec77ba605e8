"""The built-in writer: study material out of the reading's own words, with no model."""
