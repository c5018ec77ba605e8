"""Answers, other explanations and hints by the built-in writer."""
