"""`python -m bizcase` is the `bizcase` command."""

from bizcase.cli.main import main

if __name__ == "__main__":
    main()
