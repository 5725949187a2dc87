"""Before and after in step, the take's facts, and the decision."""
