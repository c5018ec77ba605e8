"""Captions of recordings (VTT and SRT)."""
