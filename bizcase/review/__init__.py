"""Reads a bid that arrives, ours or anybody's, and says how complete it is, what contradicts itself and what changed."""
