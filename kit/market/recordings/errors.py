"""Why a recording cannot be played; every error names the file."""

from pathlib import Path


class BadRecording(ValueError):
    """A file that is no recording; ``path`` names it."""

    def __init__(self, path: Path, why: str) -> None:
        self.path = path
        super().__init__(f"{path}: {why}")


class ColumnMissing(BadRecording):
    def __init__(self, path: Path, column: str, found: tuple[str, ...]) -> None:
        self.column = column
        self.found = found
        super().__init__(path, f"no column for {column} among {', '.join(found) or 'none'}")


class BadValue(BadRecording):
    """``row`` counts rows of data from 1."""

    def __init__(self, path: Path, row: int, column: str, value: object, must: str) -> None:
        self.row = row
        self.column = column
        self.value = value
        super().__init__(path, f"row {row}: {column} {value!r} must {must}")
