"""All that is taken out of the improved sample, by the criteria that must then fail."""

from __future__ import annotations

from tests.completeness.lacks import across, blockers, national, s01_s12, s13_s23

LACKS = [*blockers.LACKS, *s01_s12.LACKS, *s13_s23.LACKS, *across.LACKS, *national.LACKS]
