"""The intake form: a specification as an Excel form that anybody can fill in, written and read back."""
