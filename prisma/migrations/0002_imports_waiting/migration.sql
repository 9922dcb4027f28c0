-- Imports that nobody works on: the queue was away when they were asked for, or their worker was killed.
ALTER TABLE import_run ADD COLUMN progressed_at timestamptz;
COMMENT ON COLUMN import_run.progressed_at IS 'Last sign of life of the worker that carries the import out.';
CREATE INDEX import_run_waiting_anywhere ON import_run (created_at) WHERE state IN ('queued', 'running');

CREATE FUNCTION imports_waiting(quiet_since timestamptz) RETURNS TABLE (clinic_id uuid, import_run_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT r.clinic_id, r.id FROM import_run r WHERE r.state IN ('queued', 'running') AND coalesce(r.progressed_at, r.created_at) <= quiet_since ORDER BY r.created_at, r.id $$;
REVOKE EXECUTE ON FUNCTION imports_waiting(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION imports_waiting(timestamptz) TO vastus_app;
