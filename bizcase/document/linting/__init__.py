"""What can be wrong with a Word template before any bid is built from it; `bizcase.document.lint` asks all of it."""
