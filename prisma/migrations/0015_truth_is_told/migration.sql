-- No injection is stored with a block that nobody answered for. The check on the answer (injection_block_is_answered) rests on the column
-- `blocked`: that one cannot say less than the findings beside it.
ALTER TABLE injection ADD CONSTRAINT injection_blocked_as_found
  CHECK (blocked OR NOT jsonb_path_exists(findings, '$[*] ? (@.severity == "block")'));

-- REC-TRUTH: a dose given against a stop is told to a physician in the transaction that records it. Asked at the commit, when the alert is
-- there; by the key of its milestone, one probe of an index.
CREATE FUNCTION require_truth_alert() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN
  IF EXISTS (SELECT FROM injection i WHERE i.clinic_id = NEW.clinic_id AND i.id = NEW.id AND i.state = 'effective')
     AND NOT EXISTS (SELECT FROM milestone m JOIN alert a ON a.clinic_id = m.clinic_id AND a.milestone_id = m.id
                      WHERE m.clinic_id = NEW.clinic_id AND m.patient_id = NEW.patient_id AND m.natural_key = 'REC-TRUTH/' || NEW.id)
  THEN RAISE EXCEPTION 'a dose given against a stop has no alert' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'injection_against_stop_is_told';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER injection_against_stop_is_told AFTER INSERT OR UPDATE ON injection DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.against_stop AND NEW.status = 'given' AND NEW.state = 'effective') EXECUTE FUNCTION require_truth_alert();
REVOKE EXECUTE ON FUNCTION require_truth_alert() FROM PUBLIC;
