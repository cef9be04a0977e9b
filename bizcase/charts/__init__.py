"""Charts: what each one shows, said once for the workbook and the bid, and how it is drawn in either."""
