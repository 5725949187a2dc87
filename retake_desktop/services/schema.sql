-- The record of jobs, version 1. `record` is the whole Job as JSON, the other columns are copies for look-ups.
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  batch TEXT NOT NULL,
  stage TEXT NOT NULL,
  api_base TEXT NOT NULL,
  request_id TEXT,
  created_at TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;

CREATE INDEX job_by_time ON job (created_at DESC);
CREATE INDEX job_by_stage ON job (stage);
CREATE INDEX job_by_batch ON job (batch);
-- No request is followed by two jobs.
CREATE UNIQUE INDEX job_by_request ON job (api_base, request_id) WHERE request_id IS NOT NULL;

-- One row for each POST that asks for a paid retake, committed before the POST starts.
CREATE TABLE attempt (
  job_id TEXT NOT NULL REFERENCES job (id),
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (job_id, number)
) STRICT;
