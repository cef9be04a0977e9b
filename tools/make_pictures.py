"""Makes the pictures of the README from real output: `make pictures`. Needs LibreOffice and poppler-utils."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from bizcase.case import build, open_case

TOP = Path(__file__).resolve().parent.parent
SAMPLE = TOP / "samples" / "remote-monitoring.yaml"
IMAGES = TOP / "docs" / "images"
PICTURES = (("bid", ".docx", 4, "bid-page"), ("bid", ".docx", 8, "bid-stakeholders"), ("bid", ".docx", 15, "bid-costs"),
            ("workbook", ".xlsx", 1, "workbook-summary"), ("workbook", ".xlsx", 2, "workbook-charts"))
"""What is shown: the file, its ending, the page and the picture's name."""


def main() -> None:
    built = build(open_case(SAMPLE.read_text("utf-8"), SAMPLE.name))
    with tempfile.TemporaryDirectory() as folder:
        for file, ending, page, name in PICTURES:
            path = Path(folder) / f"{file}{ending}"
            path.write_bytes(built.bid if file == "bid" else built.workbook)
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
                            "--outdir", folder, str(path)], check=True, capture_output=True, timeout=180)
            target = IMAGES / name
            subprocess.run(["pdftoppm", "-png", "-r", "75", "-f", str(page), "-l", str(page), "-singlefile",
                            str(path.with_suffix(".pdf")), str(target)], check=True, timeout=60)
            print(target.with_suffix(".png"))


if __name__ == "__main__":
    main()
