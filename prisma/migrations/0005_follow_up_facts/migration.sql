-- What is followed up beside doses and results: symptom scores, other causes ruled out, the pain plan, self-injection at home.

-- Since when the kidneys are known to fail: RX-RENAL is due from then on. Unknown for what was recorded before.
ALTER TABLE patient ADD COLUMN renal_dysfunction_since timestamptz;
-- DX-SEVERE as the clinician recorded it; absent answers are null, never "no".
ALTER TABLE course ADD COLUMN deficiency_picture jsonb;

CREATE TABLE symptom_score (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, scored_at timestamptz NOT NULL,
  pain integer CHECK (pain BETWEEN 0 AND 10), sensory integer CHECK (sensory BETWEEN 0 AND 10), motor integer CHECK (motor BETWEEN 0 AND 10), note text,
  state text NOT NULL DEFAULT 'effective' CHECK (state IN ('effective', 'superseded', 'voided')), replaces_id uuid, amend_reason text,
  voided_at timestamptz, voided_by uuid, void_reason text, recorded_at timestamptz NOT NULL, recorded_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, replaces_id, patient_id) REFERENCES symptom_score (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, voided_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT symptom_score_scores_something CHECK (num_nonnulls(pain, sensory, motor) > 0),
  CONSTRAINT symptom_score_void_is_signed CHECK ((state = 'voided') = (voided_at IS NOT NULL) AND (voided_at IS NULL OR (voided_by IS NOT NULL AND void_reason IS NOT NULL))));
CREATE INDEX symptom_score_of_patient ON symptom_score (clinic_id, patient_id, scored_at, id);
CREATE UNIQUE INDEX symptom_score_replaced_once ON symptom_score (clinic_id, replaces_id) WHERE replaces_id IS NOT NULL;

CREATE TABLE rule_out (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL,
  item text NOT NULL CHECK (item IN ('diabetes', 'thyroid', 'renal-function', 'hiv', 'hepatitis-b-c', 'protein-electrophoresis', 'neurotoxic-drugs', 'thiamine', 'vitamin-b6')),
  finding text NOT NULL CHECK (finding <> ''), done_on date NOT NULL,
  state text NOT NULL DEFAULT 'effective' CHECK (state IN ('effective', 'superseded', 'voided')), replaces_id uuid, amend_reason text,
  voided_at timestamptz, voided_by uuid, void_reason text, recorded_at timestamptz NOT NULL, recorded_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, replaces_id, patient_id) REFERENCES rule_out (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, voided_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT rule_out_void_is_signed CHECK ((state = 'voided') = (voided_at IS NOT NULL) AND (voided_at IS NULL OR (voided_by IS NOT NULL AND void_reason IS NOT NULL))));
CREATE INDEX rule_out_of_patient ON rule_out (clinic_id, patient_id);
CREATE UNIQUE INDEX rule_out_replaced_once ON rule_out (clinic_id, replaces_id) WHERE replaces_id IS NOT NULL;

CREATE TABLE pain_plan (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, drug text NOT NULL, dose numeric CHECK (dose > 0),
  unit text NOT NULL CHECK (unit IN ('mg/day', '%')), since date NOT NULL, until date, note text, remarks jsonb NOT NULL DEFAULT '[]',
  state text NOT NULL DEFAULT 'effective' CHECK (state IN ('effective', 'superseded', 'voided')), replaces_id uuid, amend_reason text,
  voided_at timestamptz, voided_by uuid, void_reason text, recorded_at timestamptz NOT NULL, recorded_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, replaces_id, patient_id) REFERENCES pain_plan (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, voided_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT pain_plan_ends_after_it_began CHECK (until >= since),
  CONSTRAINT pain_plan_void_is_signed CHECK ((state = 'voided') = (voided_at IS NOT NULL) AND (voided_at IS NULL OR (voided_by IS NOT NULL AND void_reason IS NOT NULL))));
CREATE INDEX pain_plan_of_patient ON pain_plan (clinic_id, patient_id);
CREATE UNIQUE INDEX pain_plan_replaced_once ON pain_plan (clinic_id, replaces_id) WHERE replaces_id IS NOT NULL;

-- ── Self-injection at home ─────────────────────────────────────────────────────────────────────────────────────────────
-- What was answered and written down; a later application for the same course takes the place of the earlier one.
CREATE TABLE self_injection_application (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, course_id uuid NOT NULL,
  exclusions jsonb NOT NULL, plan jsonb NOT NULL, planned_until date,
  state text NOT NULL DEFAULT 'effective' CHECK (state IN ('effective', 'superseded', 'voided')), replaces_id uuid,
  voided_at timestamptz, voided_by uuid, void_reason text, recorded_at timestamptz NOT NULL, recorded_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, course_id, patient_id) REFERENCES course (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, replaces_id, patient_id) REFERENCES self_injection_application (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, voided_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT self_injection_application_void_is_signed CHECK ((state = 'voided') = (voided_at IS NOT NULL) AND (voided_at IS NULL OR (voided_by IS NOT NULL AND void_reason IS NOT NULL))));
CREATE INDEX self_injection_application_of_patient ON self_injection_application (clinic_id, patient_id);
CREATE UNIQUE INDEX self_injection_application_in_force ON self_injection_application (clinic_id, course_id) WHERE state = 'effective';
CREATE UNIQUE INDEX self_injection_application_replaced_once ON self_injection_application (clinic_id, replaces_id) WHERE replaces_id IS NOT NULL;

-- Item by item, with the day and who watched; the observed first dose names its injection.
CREATE TABLE self_injection_training (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, course_id uuid NOT NULL,
  item text NOT NULL CHECK (item IN ('needle-and-site', 'depth-and-angle', 'comfort', 'sharps-disposal', 'recognizing-reactions', 'observed-dose')),
  trained_on date NOT NULL, observed_by text NOT NULL CHECK (observed_by <> ''), injection_id uuid,
  state text NOT NULL DEFAULT 'effective' CHECK (state IN ('effective', 'voided')),
  voided_at timestamptz, voided_by uuid, void_reason text, recorded_at timestamptz NOT NULL, recorded_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id),
  FOREIGN KEY (clinic_id, course_id, patient_id) REFERENCES course (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, injection_id, patient_id) REFERENCES injection (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, voided_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT self_injection_training_observed_dose CHECK ((item = 'observed-dose') = (injection_id IS NOT NULL)),
  CONSTRAINT self_injection_training_void_is_signed CHECK ((state = 'voided') = (voided_at IS NOT NULL) AND (voided_at IS NULL OR (voided_by IS NOT NULL AND void_reason IS NOT NULL))));
CREATE INDEX self_injection_training_of_patient ON self_injection_training (clinic_id, patient_id);
CREATE INDEX self_injection_training_of_injection ON self_injection_training (clinic_id, injection_id) WHERE injection_id IS NOT NULL;

-- A physician's; whether it is suspended or over is derived from the facts (SELF-STOP).
CREATE TABLE self_injection_approval (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, course_id uuid NOT NULL, application_id uuid NOT NULL,
  trained_on date NOT NULL, planned_until date, findings jsonb NOT NULL DEFAULT '[]', override_reason text CHECK (length(override_reason) >= 10),
  approved_at timestamptz NOT NULL, approved_by uuid NOT NULL, ended_at timestamptz, ended_by uuid, end_reason text,
  PRIMARY KEY (clinic_id, id),
  FOREIGN KEY (clinic_id, course_id, patient_id) REFERENCES course (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, application_id, patient_id) REFERENCES self_injection_application (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, approved_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, ended_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT self_injection_approval_end_is_signed CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason IS NULL)));
CREATE INDEX self_injection_approval_of_patient ON self_injection_approval (clinic_id, patient_id);

-- ── Walls ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['symptom_score', 'rule_out', 'pain_plan', 'self_injection_application', 'self_injection_training', 'self_injection_approval'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY same_clinic ON %I USING (clinic_id = current_clinic()) WITH CHECK (clinic_id = current_clinic())', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO vastus_app', t);
  END LOOP;
END $$;

-- The replay of a whole database goes from clinic to clinic.
CREATE FUNCTION clinic_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT id FROM clinic ORDER BY id $$;
REVOKE EXECUTE ON FUNCTION clinic_ids() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clinic_ids() TO vastus_app;
