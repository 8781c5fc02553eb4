"""What the usual way costs and does: python-frontmatter loads and dumps every page (nothing is written)."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import frontmatter


def main(folder: Path) -> None:
    """Load and dump every page below `folder`; print the seconds and how many pages came back changed."""
    start = time.perf_counter()
    pages = sorted(folder.rglob("*.md"))
    changed = 0
    for page in pages:
        text = page.read_text()
        changed += frontmatter.dumps(frontmatter.loads(text)) != text.removesuffix("\n")
    seconds = time.perf_counter() - start
    print(f"  {seconds:.2f} s inside; {changed} of {len(pages)} pages would come back with other bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
