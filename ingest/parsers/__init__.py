"""Readers of file types. They run in a process of their own (`ingest.parsers.child`)."""
