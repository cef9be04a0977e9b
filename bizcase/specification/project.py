"""A checked specification as a value: what is computed with is typed; what is only printed stays a mapping."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bizcase.appraisal.inputs import Inputs
from bizcase.appraisal.parameters import ParameterSet
from bizcase.specification.inputs import appraisal_inputs
from bizcase.specification.profile import Profile
from bizcase.specification.shape import Rules


@dataclass(frozen=True, slots=True)
class Project:
    """`data` is the specification without blanks; `digest` identifies its content, however it is laid out."""

    profile: Profile
    data: Mapping[str, Any]
    inputs: Inputs
    parameters: ParameterSet
    digest: str

    @property
    def title(self) -> str:
        return str(self.section("document").get("title", "Untitled bid"))

    def section(self, name: str) -> Mapping[str, Any]:
        """A section's fields; nothing where it is not filled in."""
        content: Mapping[str, Any] = self.data.get(name, {})
        return content


def make_project(data: Rules, profile: Profile, parameters: ParameterSet) -> Project:
    """The project of data that has no errors."""
    return Project(profile, data, appraisal_inputs(data, parameters), parameters, digest_of(data))


def digest_of(data: Rules) -> str:
    """SHA-256 of the specification's content."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
