-- What whoever looks after an installation has to see: which processes live, how the jobs went, when the last backup was taken.
-- None of it belongs to a clinic, and none of it says anything about a person.
CREATE TABLE job_run (
  job text PRIMARY KEY, last_run_at timestamptz NOT NULL, last_outcome text NOT NULL CHECK (last_outcome IN ('done', 'skipped', 'failed')),
  last_ms integer NOT NULL CHECK (last_ms >= 0), last_failed_at timestamptz, failures_in_a_row integer NOT NULL CHECK (failures_in_a_row >= 0));
COMMENT ON TABLE job_run IS 'One row a job, written by the worker that ran it last; what a job did is in its own tables.';

CREATE TABLE process_seen (
  id uuid PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('api', 'worker')), version text NOT NULL,
  started_at timestamptz NOT NULL, seen_at timestamptz NOT NULL);
CREATE INDEX process_seen_by_time ON process_seen (seen_at);

-- Written by whatever takes the backup, as the owner of the tables: the application cannot say that there is one.
CREATE TABLE backup_taken (
  taken_at timestamptz PRIMARY KEY DEFAULT now(), method text NOT NULL CHECK (length(method) BETWEEN 1 AND 60));

GRANT SELECT, INSERT, UPDATE ON job_run, process_seen TO vastus_app;
GRANT DELETE ON process_seen TO vastus_app;
GRANT SELECT ON backup_taken TO vastus_app;

CREATE FUNCTION milestones_to_raise_anywhere(at timestamptz) RETURNS TABLE (waiting bigint, oldest timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT count(*), min(opens_at) FROM milestone WHERE state = 'planned' AND opens_at <= at $$;
REVOKE EXECUTE ON FUNCTION milestones_to_raise_anywhere(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION milestones_to_raise_anywhere(timestamptz) TO vastus_app;
