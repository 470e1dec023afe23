"""The card of the current step: its formula, its matrices, one entry in numbers, the chain, the check."""
