"""The kinds of material, each declared in a file of its own."""
