-- Under which version of the protocol, and by which revision of the rules, what is stored of a patient was derived. Where either is not the
-- present one, a job derives it anew: after a version took effect, after an update of the software, and after an instance of an older
-- software wrote beside a newer one. Whatever stands here today was derived by rules nobody counted.
ALTER TABLE patient
  ADD COLUMN derived_under uuid, ADD COLUMN derived_by integer NOT NULL DEFAULT 0,
  ADD CONSTRAINT patient_derived_under_fkey FOREIGN KEY (clinic_id, derived_under) REFERENCES protocol_version (clinic_id, id);
COMMENT ON COLUMN patient.derived_by IS 'RULES_REVISION of the software that derived what is stored; 0 = none that counted.';
CREATE INDEX patient_derivation ON patient (clinic_id, derived_under, derived_by);

-- One row for each version of the protocol and revision of the rules that was carried out on the panel.
ALTER TABLE protocol_application
  ADD COLUMN rules_revision integer NOT NULL DEFAULT 0, ADD COLUMN runs integer NOT NULL DEFAULT 1,
  DROP CONSTRAINT protocol_application_pkey, ADD PRIMARY KEY (clinic_id, protocol_version_id, rules_revision);
-- Who is left is asked of the patients themselves.
ALTER TABLE protocol_application DROP COLUMN last_patient_id;
COMMENT ON COLUMN protocol_application.runs IS 'How often it was begun: again where an instance of an older software had written meanwhile.';

-- The clinics with something to derive anew, and the version to do it under: a version whose time has come and that was not carried out, or
-- patients whose stored rows come from another version or from older rules. Each question about patients is one probe of the index.
CREATE FUNCTION derivations_to_apply(at timestamptz, revision integer) RETURNS TABLE (clinic_id uuid, protocol_version_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT d.clinic_id, d.id FROM (
          SELECT v.clinic_id, v.id, v.in_force_from, v.number FROM protocol_version v
           WHERE v.state = 'signed' AND v.in_force_from <= at
             AND NOT EXISTS (SELECT FROM protocol_application a WHERE a.clinic_id = v.clinic_id AND a.protocol_version_id = v.id AND a.finished_at IS NOT NULL)
          UNION
          SELECT v.clinic_id, v.id, v.in_force_from, v.number FROM clinic c
           CROSS JOIN LATERAL (
             SELECT w.clinic_id, w.id, w.in_force_from, w.number FROM protocol_version w
              WHERE w.clinic_id = c.id AND w.state IN ('initial', 'signed')
                AND (w.in_force_from <= at OR EXISTS (SELECT FROM protocol_application b WHERE b.clinic_id = w.clinic_id AND b.protocol_version_id = w.id))
              ORDER BY w.in_force_from DESC, w.number DESC LIMIT 1) v
           WHERE EXISTS (SELECT FROM patient p WHERE p.clinic_id = c.id AND p.derived_under IS NULL)
              OR EXISTS (SELECT FROM patient p WHERE p.clinic_id = c.id AND p.derived_under < v.id)
              OR EXISTS (SELECT FROM patient p WHERE p.clinic_id = c.id AND p.derived_under > v.id)
              OR EXISTS (SELECT FROM patient p WHERE p.clinic_id = c.id AND p.derived_under = v.id AND p.derived_by < revision)) d
         ORDER BY d.in_force_from, d.clinic_id, d.number $$;
REVOKE EXECUTE ON FUNCTION derivations_to_apply(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION derivations_to_apply(timestamptz, integer) TO vastus_app;
DROP FUNCTION protocol_versions_to_apply(timestamptz);
