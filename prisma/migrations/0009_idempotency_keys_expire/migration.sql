-- An Idempotency-Key is kept for 24 hours; then it is a new key, and a job removes it.
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);

CREATE FUNCTION clinics_with_idempotency_keys_before(instant timestamptz) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT k.clinic_id FROM idempotency_key k WHERE k.created_at < instant ORDER BY k.clinic_id $$;
REVOKE EXECUTE ON FUNCTION clinics_with_idempotency_keys_before(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clinics_with_idempotency_keys_before(timestamptz) TO vastus_app;
