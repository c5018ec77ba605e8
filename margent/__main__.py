"""Entry for `python -m margent` and for the `margent` command."""

from margent.commands import app


def main() -> None:
    """Run the command line."""
    app(prog_name="margent")


if __name__ == "__main__":
    main()
