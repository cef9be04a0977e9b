"""Makes the shipped Word templates from the shape and the profiles: `make templates`."""

from __future__ import annotations

from bizcase import resources
from bizcase.document.stylesheet import House
from bizcase.document.template import make_template
from bizcase.specification.profile import load_profile, profile_names
from bizcase.specification.shape import load_shape


def main() -> None:
    for name in profile_names():
        profile = load_profile(name)
        path = resources.folder("templates") / profile.template / "bid.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make_template(profile, load_shape(), House()))
        print(path)


if __name__ == "__main__":
    main()
