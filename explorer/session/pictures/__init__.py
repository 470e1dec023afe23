"""Pictures of learning as numbers: each is computed from a network at rest, in turns of a few milliseconds. No Qt.

A picture is a generator: it yields after each piece of work, so that a window stays responsive whoever draws it,
and returns a frozen value. The widgets only paint that.
"""
