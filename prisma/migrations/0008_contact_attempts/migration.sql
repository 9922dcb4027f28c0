-- What was said on the phone about a dose. Append-only: a call entered in error is voided, with the reason.
CREATE TABLE contact_attempt (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, course_id uuid NOT NULL, attempted_at timestamptz NOT NULL, phone text,
  outcome text NOT NULL CHECK (outcome IN ('will-come', 'call-again', 'declined', 'wrong-number', 'transferred', 'died')),
  "on" date, decline_reason text CHECK (decline_reason IN ('feels-well', 'afraid', 'side-effects', 'prefers-tablets', 'cannot-travel', 'other')), note text,
  state text NOT NULL DEFAULT 'effective' CHECK (state IN ('effective', 'voided')),
  voided_at timestamptz, voided_by uuid, void_reason text, recorded_at timestamptz NOT NULL, recorded_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, course_id, patient_id) REFERENCES course (clinic_id, id, patient_id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id),
  FOREIGN KEY (clinic_id, voided_by) REFERENCES membership (clinic_id, id),
  CONSTRAINT contact_attempt_names_its_day CHECK ((outcome IN ('will-come', 'call-again', 'died')) = ("on" IS NOT NULL)),
  CONSTRAINT contact_attempt_decline_has_reason CHECK ((outcome = 'declined') = (decline_reason IS NOT NULL)),
  CONSTRAINT contact_attempt_void_is_signed CHECK ((state = 'voided') = (voided_at IS NOT NULL) AND (voided_at IS NULL OR (voided_by IS NOT NULL AND void_reason IS NOT NULL))));
CREATE INDEX contact_attempt_of_patient ON contact_attempt (clinic_id, patient_id, attempted_at, id);

-- The last word about the next dose: projection of the rules, so that the day is read from index ranges.
ALTER TABLE course ADD COLUMN contact_outcome text CHECK (contact_outcome IN ('will-come', 'call-again', 'declined', 'transferred')),
  ADD COLUMN contact_on date, ADD COLUMN contact_attempt_id uuid,
  ADD FOREIGN KEY (clinic_id, contact_attempt_id, patient_id) REFERENCES contact_attempt (clinic_id, id, patient_id);
CREATE INDEX course_arranged ON course (clinic_id, contact_on, id) WHERE contact_on IS NOT NULL AND next_due_on IS NOT NULL AND ended_on IS NULL;
CREATE INDEX course_with_physician ON course (clinic_id, next_due_on, id)
  WHERE contact_outcome IN ('declined', 'transferred') AND next_due_on IS NOT NULL AND ended_on IS NULL;

ALTER TABLE contact_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_clinic ON contact_attempt USING (clinic_id = current_clinic()) WITH CHECK (clinic_id = current_clinic());
GRANT SELECT, INSERT, UPDATE ON contact_attempt TO vastus_app;
