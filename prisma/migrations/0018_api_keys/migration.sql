-- Keys for machines. A key is a member of the clinic like everybody who records something, so that facts and the audit trail name it.
ALTER TABLE membership ADD COLUMN kind text NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'machine'));

CREATE TABLE api_key (
  clinic_id uuid NOT NULL REFERENCES clinic (id), id uuid NOT NULL, membership_id uuid NOT NULL, prefix text NOT NULL, token_hash text NOT NULL UNIQUE,
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0), created_at timestamptz NOT NULL, created_by uuid NOT NULL, expires_at timestamptz NOT NULL,
  last_used_at timestamptz, revoked_at timestamptz, revoked_by uuid,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, membership_id),
  FOREIGN KEY (clinic_id, membership_id) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, created_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, revoked_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT api_key_revocation_is_signed CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)));
COMMENT ON COLUMN api_key.prefix IS 'The first characters of the key, by which it is recognised; the rest is kept as a hash only.';
ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_clinic ON api_key USING (clinic_id = current_clinic()) WITH CHECK (clinic_id = current_clinic());
GRANT SELECT, INSERT, UPDATE ON api_key TO vastus_app;

-- Who shows a key is of no clinic before it was found.
CREATE FUNCTION api_key_with(hash text)
  RETURNS TABLE (clinic_id uuid, id uuid, membership_id uuid, user_id text, role text, name text, scopes text[], time_zone text, expires_at timestamptz, last_used_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT k.clinic_id, k.id, m.id, m.user_id, m.role, u."name", k.scopes, c.time_zone, k.expires_at, k.last_used_at
          FROM api_key k JOIN membership m ON m.clinic_id = k.clinic_id AND m.id = k.membership_id JOIN auth."user" u ON u."id" = m.user_id JOIN clinic c ON c.id = k.clinic_id
         WHERE k.token_hash = hash AND k.revoked_at IS NULL AND m.active $$;
REVOKE EXECUTE ON FUNCTION api_key_with(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api_key_with(text) TO vastus_app;
