"""What submissions are compared by: counts, words and shares of an entry, their order, and where two are alike."""
