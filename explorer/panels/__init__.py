"""The panels: the window and its widgets. They show the session and pass on what people do."""
