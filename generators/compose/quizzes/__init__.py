"""Quizzes by the built-in writer."""
