"""``python -m kit.reference docs``: write the generated sections of all pages in a folder anew."""

import sys
from pathlib import Path

from kit.reference.pages import rewritten


def main(folder: Path) -> None:
    for page in sorted(folder.glob("*.md")):
        before = page.read_text("utf-8")
        after = rewritten(before)
        if after != before:
            page.write_text(after, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
