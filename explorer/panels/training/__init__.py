"""The card of training: what can be set, and the curves."""
