"""One parse of a section and what every writer looks up in it: paragraphs, phrases, mentions, statements."""
