"""Study guides, frequent questions and worked examples by the built-in writer."""
