"""Everything between the app and the outside world: the service, files, the keyring, the record of jobs. No Qt."""
