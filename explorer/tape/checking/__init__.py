"""The gradient check: a tape against differences and complex steps of the loss, and what a wrong gradient means."""
