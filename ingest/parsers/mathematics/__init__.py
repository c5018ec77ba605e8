"""Formulas, as LaTeX."""
