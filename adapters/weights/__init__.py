"""Model weights: fetched by hash, kept as data."""
