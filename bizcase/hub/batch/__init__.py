"""A folder of submissions, built in parallel, and nothing twice."""
