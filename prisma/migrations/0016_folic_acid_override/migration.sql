-- A physician went on in spite of RX-FOLATE: who, when, why, about how much, with the finding that was answered. Append-only; whether it still
-- speaks for what is on record is derived from the facts.
CREATE TABLE folic_acid_override (
  clinic_id uuid NOT NULL, id uuid NOT NULL, patient_id uuid NOT NULL, folic_acid_mg_per_day numeric NOT NULL CHECK (folic_acid_mg_per_day > 0),
  findings jsonb NOT NULL CHECK (jsonb_path_exists(findings, '$[*] ? (@.ruleId == "RX-FOLATE")')),
  reason text NOT NULL CHECK (length(reason) >= 10), decided_at timestamptz NOT NULL, decided_by uuid NOT NULL,
  PRIMARY KEY (clinic_id, id), FOREIGN KEY (clinic_id, patient_id) REFERENCES patient (clinic_id, id),
  FOREIGN KEY (clinic_id, decided_by) REFERENCES membership (clinic_id, id));
CREATE INDEX folic_acid_override_of_patient ON folic_acid_override (clinic_id, patient_id);

ALTER TABLE folic_acid_override ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_clinic ON folic_acid_override USING (clinic_id = current_clinic()) WITH CHECK (clinic_id = current_clinic());
GRANT SELECT, INSERT ON folic_acid_override TO vastus_app;
-- What the trail alone has kept so far.
INSERT INTO folic_acid_override (clinic_id, id, patient_id, folic_acid_mg_per_day, findings, reason, decided_at, decided_by)
SELECT clinic_id, id, patient_id, (after ->> 'folicAcidMgPerDay')::numeric, after -> 'findings', after ->> 'overrideReason', at, actor_id
  FROM audit_entry
 WHERE action IN ('patient.register', 'patient.edit') AND jsonb_path_exists(after, '$.findings[*] ? (@.ruleId == "RX-FOLATE")')
   AND length(after ->> 'overrideReason') >= 10 AND actor_id IS NOT NULL AND patient_id IS NOT NULL;
