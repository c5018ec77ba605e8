"""Adapters of the ChunkIndex port."""
