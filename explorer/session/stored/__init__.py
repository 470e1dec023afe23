"""A session as plain values and arrays, and back: what a session file holds, and how far it is trusted."""
