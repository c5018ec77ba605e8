"""Rosters: lists of people that schools keep elsewhere, read row by row and compared with who is here."""
