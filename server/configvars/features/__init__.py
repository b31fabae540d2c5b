"""What an editor can ask: one file a feature, a function over a project with plain data as its answer."""
