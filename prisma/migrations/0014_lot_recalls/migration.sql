-- Who was told about a lot: one row for each attempt, the latest is where it stands. The list of who received it is never stored: it is the
-- doses that stand, so a corrected lot number moves a person off one list and onto another.
CREATE TABLE recall_contact (
  clinic_id uuid NOT NULL, id uuid NOT NULL, lot_id uuid NOT NULL, patient_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('advised', 'reached', 'not-reached', 'refused')), note text,
  contacted_at timestamptz NOT NULL, recorded_at timestamptz NOT NULL, recorded_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id),
  FOREIGN KEY (clinic_id, lot_id) REFERENCES lot (clinic_id, id),
  FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, recorded_by) REFERENCES membership (clinic_id, id));
COMMENT ON COLUMN recall_contact.outcome IS 'advised: spoken to and told what to do; reached: spoken to, advice still open; not-reached: nobody answered; refused: wants no advice';
CREATE INDEX recall_contact_latest ON recall_contact (clinic_id, lot_id, patient_id, contacted_at DESC, id DESC);
ALTER TABLE recall_contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_clinic ON recall_contact USING (clinic_id = current_clinic()) WITH CHECK (clinic_id = current_clinic());
GRANT SELECT, INSERT ON recall_contact TO vastus_app;

ALTER TABLE lot ADD COLUMN status_changed_at timestamptz, ADD COLUMN status_changed_by uuid,
  ADD FOREIGN KEY (clinic_id, status_changed_by) REFERENCES membership (clinic_id, id);

-- The trail of one person and of one kind of act, without a walk over everybody's.
CREATE INDEX audit_entry_of_actor ON audit_entry (clinic_id, actor_id, at DESC, id DESC) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_entry_of_action ON audit_entry (clinic_id, action, at DESC, id DESC);
