"""Turns what was found into text, JSON, SARIF, a page and a workbook. Returns values; prints and writes nothing."""
