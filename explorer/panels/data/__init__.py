"""One's own data: read beside the window, looked at before anything is trained, and told of once it is open."""
