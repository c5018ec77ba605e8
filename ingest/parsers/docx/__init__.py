"""A Word document, from its XML."""
