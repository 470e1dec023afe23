"""Runs that are kept: their list, the table that lays them side by side, and optimisers compared as one action."""
