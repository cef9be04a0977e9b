"""Makes the shipped Word templates from the shape, the profiles and the words of the hub's documents: `make templates`."""

from __future__ import annotations

from pathlib import Path

from bizcase import resources
from bizcase.document.board_template import make_board_template
from bizcase.document.den_template import make_den_template
from bizcase.document.stylesheet import House
from bizcase.document.template import make_template
from bizcase.hub.pack import den_pack
from bizcase.hub.years import board_report
from bizcase.specification.profile import load_profile, profile_names
from bizcase.specification.shape import load_shape


def main() -> None:
    for name in profile_names():
        profile = load_profile(name)
        _write(resources.folder("templates") / profile.template / "bid.docx", make_template(profile, load_shape(), House()))
    _write(resources.folder("templates") / "den-pack" / den_pack.TEMPLATE, make_den_template(House()))
    _write(resources.folder("templates") / "board-report" / board_report.TEMPLATE, make_board_template(House()))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(path)


if __name__ == "__main__":
    main()
