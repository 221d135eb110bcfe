"""``python -m kit``: the command line, where its script is not on the path."""

from kit.cli.main import main

if __name__ == "__main__":
    main()
