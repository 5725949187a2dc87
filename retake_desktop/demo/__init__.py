"""A local service that keeps RunComfy's contract and makes an honest local effect. Imported by app, cli and tests only."""
