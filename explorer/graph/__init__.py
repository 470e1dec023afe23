"""The drawing of the network: arrays that say what stands where, and plain Qt items that show it."""
