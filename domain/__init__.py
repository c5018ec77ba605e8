"""The nouns, the errors and the ports of Margent. Standard library only."""
