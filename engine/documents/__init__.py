"""Documents: a notice as it was sent (txt, html, docx, pdf) becomes text; nothing in it can do harm."""
