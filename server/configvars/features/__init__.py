"""Editor features, one in each file: functions of a project that return plain data."""
