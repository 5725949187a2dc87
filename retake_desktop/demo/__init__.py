"""A local service with RunComfy's contract and an honest local effect. Imported by app, cli and tests only."""
