"""Flashcards by the built-in writer."""
