"""The pack for the panel of an Ideas Den, as a Word document."""
