"""The portfolio: all submissions side by side in one workbook, every number followed to its own."""
