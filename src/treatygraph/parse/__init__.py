"""A text that was read → its structure: front matter, agenda, programme, paragraphs, provisions."""
