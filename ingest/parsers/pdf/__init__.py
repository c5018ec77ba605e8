"""A PDF, with pdfium."""
