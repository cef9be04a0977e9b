"""The years after: workbooks that come back with results, the hub's list of innovations, and the report for the board."""
