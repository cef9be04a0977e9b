"""One validated specification of a healthcare innovation in, a Word bid and a benefits workbook out."""

__version__ = "0.1.0"
