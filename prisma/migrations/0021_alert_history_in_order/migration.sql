-- Whoever writes about a patient takes the time before it is their turn: two who wait for each other may come in the other order, and an
-- alert would be closed before it was raised. Each step of an alert's history is at or after the one before it; ids tell equal moments apart.
CREATE FUNCTION keep_alert_history_in_order() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  latest timestamptz;
BEGIN
  SELECT max(at) INTO latest FROM alert_transition WHERE clinic_id = NEW.clinic_id AND alert_id = NEW.alert_id;
  IF latest > NEW.at THEN
    NEW.at := latest;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER alert_history_in_order BEFORE INSERT ON alert_transition FOR EACH ROW EXECUTE FUNCTION keep_alert_history_in_order();
