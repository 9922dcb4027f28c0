-- An adverse event keeps one id through all its versions: case_id is the id of the first. What points at an event – examinations, restrictions,
-- holds, milestones and their natural keys – names the case, and so stays where it is when a version takes the place of another.
ALTER TABLE adverse_event
  ADD COLUMN case_id uuid,
  ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0),
  ADD COLUMN seriousness_criteria text[] NOT NULL DEFAULT '{}'
    CHECK (seriousness_criteria <@ ARRAY['death', 'life-threatening', 'hospitalization', 'disability', 'congenital-anomaly', 'other-important']),
  -- What a physician concluded where examinations cannot say it; before it, the outcome is what the latest examination found.
  ADD COLUMN concluded_outcome text CHECK (concluded_outcome IN ('resolved-with-sequelae', 'fatal', 'unknown')),
  ADD CONSTRAINT adverse_event_criteria_make_it_serious CHECK (cardinality(seriousness_criteria) = 0 OR serious IS TRUE);
UPDATE adverse_event SET case_id = id;
ALTER TABLE adverse_event
  ALTER COLUMN case_id SET NOT NULL,
  ADD CONSTRAINT adverse_event_case_version_key UNIQUE (clinic_id, case_id, version),
  ADD FOREIGN KEY (clinic_id, case_id, patient_id) REFERENCES adverse_event (clinic_id, id, patient_id);
CREATE UNIQUE INDEX adverse_event_current ON adverse_event (clinic_id, case_id) WHERE state <> 'superseded';
CREATE INDEX adverse_event_of_injection ON adverse_event (clinic_id, injection_id) WHERE injection_id IS NOT NULL;

-- What the administration notes beside a case: where it was sent and what became of the vial. Never a clinical fact.
CREATE TABLE event_filing (
  clinic_id uuid NOT NULL, id uuid NOT NULL,
  authority text, authority_reference text, filed_on date, manufacturer text, manufacturer_informed_on date,
  product_kept text CHECK (product_kept IN ('kept', 'returned', 'discarded')), note text,
  version integer NOT NULL DEFAULT 1, noted_at timestamptz NOT NULL, noted_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id),
  FOREIGN KEY (clinic_id, id) REFERENCES adverse_event (clinic_id, id),
  FOREIGN KEY (clinic_id, noted_by) REFERENCES membership (clinic_id, id));
COMMENT ON COLUMN event_filing.id IS 'The case_id of the adverse event.';
ALTER TABLE event_filing ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_clinic ON event_filing USING (clinic_id = current_clinic()) WITH CHECK (clinic_id = current_clinic());
GRANT SELECT, INSERT, UPDATE ON event_filing TO vastus_app;

-- Doses of a period with what reactions are counted by, and the use errors among them, without a look into the table.
CREATE INDEX injection_exposure ON injection (clinic_id, given_on) INCLUDE (site, lot_id, product_id) WHERE state = 'effective' AND status = 'given';
CREATE INDEX injection_against_stop ON injection (clinic_id, given_at DESC, id DESC) WHERE against_stop;
