"""Attempts, grading and what a learner knows."""
