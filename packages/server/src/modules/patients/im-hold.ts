// One word about somebody's IM hold, for the rows of lists. The hold itself is a projection of the rules (HOLD-IM); it stays while the
// decision is "oral" or "stop", and whoever reads a row must not wait for a decision that was taken (HOLD-DECIDE).

/** SQL that gives `undecided`, the decision in force, or NULL where nothing is on hold. `clinicId` and `patientId` name columns of the row. */
export const imHold = (clinicId: string, patientId: string): string => `(
  SELECT coalesce(
    (SELECT d.decision FROM route_decision d
      WHERE d.clinic_id = h.clinic_id AND d.patient_id = h.patient_id AND d.decided_at >= h.since AND d.decision IN ('oral', 'stop')
      ORDER BY d.decided_at DESC, d.id DESC LIMIT 1), 'undecided')
    FROM hold h WHERE h.clinic_id = ${clinicId} AND h.patient_id = ${patientId} AND h.lifted_at IS NULL)`;
