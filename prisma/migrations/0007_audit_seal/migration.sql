-- The audit trail is sealed: a job closes blocks of entries with a SHA-256 chain, so that whoever edits, removes or inserts an entry
-- afterwards, as the owner of the database too, is found by whoever looks.

-- Which entries wait to be sealed. Transactions commit in another order than their entries' times and ids say, so what is new cannot be
-- told from a position: each entry leaves its own note, in its own transaction.
CREATE TABLE audit_unsealed (
  clinic_id uuid NOT NULL REFERENCES clinic (id), entry_id uuid NOT NULL,
  PRIMARY KEY (clinic_id, entry_id));
CREATE FUNCTION note_unsealed_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_unsealed (clinic_id, entry_id) VALUES (NEW.clinic_id, NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_entry_waits_for_its_seal AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION note_unsealed_entry();
INSERT INTO audit_unsealed (clinic_id, entry_id) SELECT clinic_id, id FROM audit_entry;

CREATE TABLE audit_seal (
  clinic_id uuid NOT NULL REFERENCES clinic (id), number integer NOT NULL CHECK (number > 0),
  entry_ids uuid[] NOT NULL CHECK (cardinality(entry_ids) > 0), entry_digests text[] NOT NULL, sealed_at timestamptz NOT NULL,
  previous_digest text NOT NULL CHECK (previous_digest ~ '^[0-9a-f]{64}$'), digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (clinic_id, number), UNIQUE (clinic_id, digest), CHECK (cardinality(entry_digests) = cardinality(entry_ids)));
COMMENT ON COLUMN audit_seal.digest IS 'SHA-256 over previous_digest, number, sealed_at and each entry''s id and digest; 64 zeros come before the first.';
CREATE TRIGGER audit_seal_is_append_only BEFORE UPDATE OR DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_seal_is_never_truncated BEFORE TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What the last readings of the whole trail found.
CREATE TABLE audit_verification (
  clinic_id uuid NOT NULL REFERENCES clinic (id), id uuid NOT NULL, verified_at timestamptz NOT NULL, requested_by uuid,
  seals integer NOT NULL, entries_sealed bigint NOT NULL, entries_waiting bigint NOT NULL, head_digest text,
  faults integer NOT NULL CHECK (faults >= 0), findings jsonb NOT NULL,
  PRIMARY KEY (clinic_id, id), FOREIGN KEY (clinic_id, requested_by) REFERENCES membership (clinic_id, id));
CREATE INDEX audit_verification_by_time ON audit_verification (clinic_id, verified_at DESC, id DESC);

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['audit_unsealed', 'audit_seal', 'audit_verification'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY same_clinic ON %I USING (clinic_id = current_clinic()) WITH CHECK (clinic_id = current_clinic())', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, DELETE ON audit_unsealed TO vastus_app;
GRANT SELECT, INSERT ON audit_seal, audit_verification TO vastus_app;

CREATE FUNCTION clinics_with_unsealed_entries() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT c.id FROM clinic c WHERE EXISTS (SELECT FROM audit_unsealed u WHERE u.clinic_id = c.id) ORDER BY c.id $$;
REVOKE EXECUTE ON FUNCTION note_unsealed_entry(), clinics_with_unsealed_entries() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clinics_with_unsealed_entries() TO vastus_app;
