"""The panels: the window and its widgets. They show the session and pass on what people do."""

from explorer.overrides import guard_overrides

guard_overrides()  # before the window, and all that it brings, derives a class from one of Qt's
