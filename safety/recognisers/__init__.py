"""Recognisers of personal data: what has a shape, what has a cue, and names as a weighed decision."""
