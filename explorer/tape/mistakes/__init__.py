"""The mistake lab's engine: known wrong implementations, as data and small functions that rewrite a plan."""
