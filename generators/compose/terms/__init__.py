"""Terms and what they mean: found by emphasis, patterns, lists and weights."""
