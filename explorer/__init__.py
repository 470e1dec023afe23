"""Backprop Explorer: see backpropagation happen. As a library it needs no Qt."""
