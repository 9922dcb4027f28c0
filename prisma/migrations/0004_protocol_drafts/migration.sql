-- Protocol versions are drafted, signed, and take effect; courses may follow them; a draft can be tried out on the whole panel.

ALTER TABLE protocol_version
  ADD COLUMN state text NOT NULL DEFAULT 'initial' CHECK (state IN ('initial', 'draft', 'signed', 'withdrawn')),
  ADD COLUMN based_on uuid,
  ADD COLUMN drafted_by uuid,
  ADD COLUMN signed_by uuid,
  ADD COLUMN signed_at timestamptz,
  ADD COLUMN withdrawn_by uuid,
  ADD COLUMN withdrawn_at timestamptz,
  ADD COLUMN withdraw_reason text,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ALTER COLUMN in_force_from DROP NOT NULL,
  ADD FOREIGN KEY (clinic_id, based_on) REFERENCES protocol_version (clinic_id, id),
  ADD FOREIGN KEY (clinic_id, drafted_by) REFERENCES membership (clinic_id, id),
  ADD FOREIGN KEY (clinic_id, signed_by) REFERENCES membership (clinic_id, id),
  ADD FOREIGN KEY (clinic_id, withdrawn_by) REFERENCES membership (clinic_id, id),
  ADD CONSTRAINT protocol_version_initial_is_first CHECK (state <> 'initial' OR (number = 1 AND in_force_from IS NOT NULL)),
  ADD CONSTRAINT protocol_version_is_drafted_by_somebody CHECK (state = 'initial' OR (drafted_by IS NOT NULL AND based_on IS NOT NULL)),
  ADD CONSTRAINT protocol_version_signed_is_signed CHECK (
    (state = 'signed') = (signed_at IS NOT NULL) AND (signed_at IS NULL) = (signed_by IS NULL) AND (state <> 'signed' OR in_force_from IS NOT NULL)),
  ADD CONSTRAINT protocol_version_withdrawn_is_signed_for CHECK (
    (state = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (withdrawn_at IS NULL OR (withdrawn_by IS NOT NULL AND withdraw_reason IS NOT NULL))),
  ADD CONSTRAINT protocol_version_takes_effect_when_decided CHECK (state IN ('initial', 'signed') OR in_force_from IS NULL);
COMMENT ON COLUMN protocol_version.state IS 'initial: the defaults the clinic came with, signed by nobody. Only initial and signed versions are ever in force.';
COMMENT ON COLUMN protocol_version.version IS 'Counts the edits of the draft, so that what is signed is what was read.';
CREATE INDEX protocol_version_in_force ON protocol_version (clinic_id, in_force_from DESC, number DESC) WHERE state IN ('initial', 'signed');

-- Milestones and alerts name the version that made them: once decided, a version is history.
CREATE FUNCTION keep_decided_protocol_versions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state = 'draft' AND NEW.number = OLD.number THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'protocol versions are append-only; only drafts are changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER protocol_version_is_kept BEFORE UPDATE OR DELETE ON protocol_version FOR EACH ROW EXECUTE FUNCTION keep_decided_protocol_versions();

-- A course without a value of its own follows the protocol in force.
ALTER TABLE course ALTER COLUMN maintenance_months DROP NOT NULL, ALTER COLUMN monitoring_plan DROP NOT NULL;
COMMENT ON COLUMN course.maintenance_months IS 'NULL: as the protocol in force says.';
COMMENT ON COLUMN course.monitoring_plan IS 'NULL: as the protocol in force says.';

-- A signed version takes effect: every patient is computed anew, in chunks that whoever comes next can go on from.
CREATE TABLE protocol_application (
  clinic_id uuid NOT NULL REFERENCES clinic (id), protocol_version_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'done', 'superseded')),
  patients_total integer NOT NULL, patients_done integer NOT NULL DEFAULT 0, last_patient_id uuid, changes jsonb NOT NULL DEFAULT '{}',
  started_at timestamptz NOT NULL, finished_at timestamptz,
  PRIMARY KEY (clinic_id, protocol_version_id),
  FOREIGN KEY (clinic_id, protocol_version_id) REFERENCES protocol_version (clinic_id, id),
  CONSTRAINT protocol_application_ends CHECK ((state = 'running') = (finished_at IS NULL)));

-- What a draft would change. Nothing of the trial itself is kept, only what it found.
CREATE TABLE protocol_simulation (
  clinic_id uuid NOT NULL REFERENCES clinic (id), id uuid NOT NULL, protocol_version_id uuid NOT NULL, draft_version integer NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')), as_of timestamptz NOT NULL,
  patients_total integer NOT NULL, patients_done integer NOT NULL DEFAULT 0, last_patient_id uuid, findings jsonb, failure text,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, progressed_at timestamptz NOT NULL, finished_at timestamptz,
  PRIMARY KEY (clinic_id, id),
  FOREIGN KEY (clinic_id, protocol_version_id) REFERENCES protocol_version (clinic_id, id),
  FOREIGN KEY (clinic_id, created_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT protocol_simulation_ends CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL)));
CREATE INDEX protocol_simulation_of_version ON protocol_simulation (clinic_id, protocol_version_id, created_at DESC, id DESC);
CREATE INDEX protocol_simulation_waiting_anywhere ON protocol_simulation (progressed_at) WHERE state IN ('queued', 'running');

ALTER TABLE protocol_application ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_clinic ON protocol_application USING (clinic_id = current_clinic()) WITH CHECK (clinic_id = current_clinic());
ALTER TABLE protocol_simulation ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_clinic ON protocol_simulation USING (clinic_id = current_clinic()) WITH CHECK (clinic_id = current_clinic());
GRANT SELECT, INSERT, UPDATE ON protocol_application, protocol_simulation TO vastus_app;

CREATE FUNCTION protocol_versions_to_apply(at timestamptz) RETURNS TABLE (clinic_id uuid, protocol_version_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT v.clinic_id, v.id FROM protocol_version v
         WHERE v.state = 'signed' AND v.in_force_from <= at
           AND NOT EXISTS (SELECT FROM protocol_application a WHERE a.clinic_id = v.clinic_id AND a.protocol_version_id = v.id AND a.finished_at IS NOT NULL)
         ORDER BY v.in_force_from, v.clinic_id, v.number $$;
CREATE FUNCTION protocol_simulations_waiting(quiet_since timestamptz) RETURNS TABLE (clinic_id uuid, simulation_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT s.clinic_id, s.id FROM protocol_simulation s WHERE s.state IN ('queued', 'running') AND s.progressed_at <= quiet_since ORDER BY s.created_at, s.id $$;
REVOKE EXECUTE ON FUNCTION keep_decided_protocol_versions(), protocol_versions_to_apply(timestamptz), protocol_simulations_waiting(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION protocol_versions_to_apply(timestamptz), protocol_simulations_waiting(timestamptz) TO vastus_app;

-- Without pg_temp at the end a caller's temporary table would be looked at first.
ALTER FUNCTION clinics_called(text) SET search_path = public, pg_temp;
