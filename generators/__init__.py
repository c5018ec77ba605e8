"""From a request to study material: evidence, draft, verdict, outcome."""
