"""The innovation hub: forms out and in, folders of submissions, their comparison, and what came of them over the years."""
