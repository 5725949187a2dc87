"""The window: panels, the engine that plays, and the presenters that make them work. Only here and in `app` is Qt."""
