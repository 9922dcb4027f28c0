-- The queue by person. Each view of it is read in its own order from its own index, so that a page passes over nothing it does not show.
DROP INDEX alert_worklist;
CREATE INDEX alert_waiting ON alert (clinic_id, owner_role, priority_rank, due_at, id) WHERE state IN ('open', 'acknowledged');
CREATE INDEX alert_snoozed ON alert (clinic_id, owner_role, priority_rank, due_at, id) WHERE state = 'snoozed';
CREATE INDEX alert_waiting_by_rule ON alert (clinic_id, owner_role, rule_id, priority_rank, due_at, id) WHERE state IN ('open', 'acknowledged');
-- Whether somebody has a worse one: asked once for each alert that is passed.
CREATE INDEX alert_active_of_patient ON alert (clinic_id, patient_id) WHERE state IN ('open', 'acknowledged', 'snoozed');
