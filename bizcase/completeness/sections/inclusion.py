"""Who might be shut out (manual S16)."""

from __future__ import annotations

from bizcase.specification.project import Project
from bizcase.specification.walk import values_at


def nobody_needs_a_device(project: Project) -> str | None:
    """A route without a device is described, or nothing about the innovation is digital (C16.2)."""
    if values_at(project.data, "innovation.digital") == [False] or values_at(project.data, "inclusion.alternative_route"):
        return None
    return "inclusion.alternative_route is not filled in"


FUNCTIONS = (nobody_needs_a_device,)
