"""The model writer: what is asked of a language model, how, and what is taken of its answers."""
