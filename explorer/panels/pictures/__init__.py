"""Pictures of learning beside the curves: the session computes them, these widgets paint them."""
