/** Loads what the rules know about one patient: one query, shaped exactly as `PatientFacts`. */
import type { Instant, PatientFacts, ProtocolBefore, ProtocolParameters } from '@vastus/clinical';
import { statement, type Tx } from '@vastus/db';
import { problem } from '../../platform/problems/problem.js';
import { DECIDED, inForce, maintenanceMonths, monitoringPlan } from './protocol-in-force.js';

/** A version that was decided on. */
export interface DecidedVersion {
  id: string;
  parameters: ProtocolParameters;
  inForceFrom: Instant;
}

export interface LoadedFacts {
  facts: PatientFacts;
  protocol: ProtocolParameters;
  protocolVersionId: string;
  protocolNumber: number;
  /** By course: what it has not of its own but from the protocol. */
  follows: Record<string, { maintenanceMonths: boolean; monitoringPlan: boolean }>;
  /** All of the clinic's, in the order in which they take effect. */
  versions: DecidedVersion[];
}

// jsonb would print `+00:00` and microseconds; the rules compare instants as strings of one form.
const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const list = (columns: string, from: string) => `coalesce((SELECT jsonb_agg(jsonb_build_object(${columns})) FROM ${from}), '[]')`;
const mine = (alias: string) => `${alias}.clinic_id = p.clinic_id AND ${alias}.patient_id = p.id`;
// MON-NEURO: the pain asked before each needle is a point of the same curve; sensation and strength of a baseline are no scores.
const SCORES = `
  SELECT v.id, v.scored_at AS at, v.pain, v.sensory, v.motor FROM symptom_score v WHERE ${mine('v')} AND v.state = 'effective'
  UNION ALL SELECT b.id, b.given_at, (b.baseline ->> 'pain')::integer, NULL, NULL FROM injection b
   WHERE ${mine('b')} AND b.state = 'effective' AND b.baseline ->> 'pain' IS NOT NULL`;

const load = (version: string) => `
  SELECT jsonb_build_object(
    'zone', c.time_zone,
    'patient', jsonb_build_object('id', p.id, 'birthDate', p.birth_date, 'deceasedOn', p.deceased_on, 'renalDysfunction', p.renal_dysfunction,
      'renalDysfunctionSince', ${iso('p.renal_dysfunction_since')},
      'malabsorption', p.malabsorption, 'riskGroups', p.risk_groups, 'allergies', p.allergies, 'anticoagulated', p.anticoagulated,
      'folicAcidMgPerDay', p.folic_acid_mg_per_day),
    'courses', ${list(
      `'id', k.id, 'productId', k.product_id, 'substance', d.substance, 'doseMicrograms', k.dose_micrograms, 'cause', k.cause,
      'neurologicalInvolvement', k.neurological_involvement, 'symptomsSince', k.symptoms_since, 'anemiaAtBaseline', k.anemia_at_baseline,
      'regimen', k.regimen, 'maintenanceMonths', ${maintenanceMonths('k', 'v')}, 'monitoringPlan', ${monitoringPlan('k', 'v')},
      'followsPlan', k.monitoring_plan IS NULL, 'startedOn', k.started_on,
      'loadingEndedOn', k.loading_ended_on, 'endedOn', k.ended_on, 'deficiencyPicture', k.deficiency_picture`,
      `course k JOIN product d ON d.clinic_id = k.clinic_id AND d.id = k.product_id WHERE ${mine('k')}`,
    )},
    'injections', ${list(
      `'id', i.id, 'courseId', i.course_id, 'productId', i.product_id, 'substance', d.substance, 'status', i.status,
      'doseMicrograms', i.dose_micrograms, 'route', i.route, 'site', i.site, 'givenAt', ${iso('i.given_at')}, 'givenOn', i.given_on,
      'recordedAt', ${iso('i.recorded_at')}, 'againstStop', i.against_stop, 'selfReported', i.self_reported,
      'stopRuleIds', CASE WHEN i.against_stop THEN (SELECT coalesce(jsonb_agg(DISTINCT f ->> 'ruleId'), '[]') FROM jsonb_array_elements(i.findings) f WHERE f ->> 'severity' = 'block') ELSE '[]' END`,
      `injection i JOIN product d ON d.clinic_id = i.clinic_id AND d.id = i.product_id WHERE ${mine('i')} AND i.state = 'effective'`,
    )},
    'events', ${list(
      `'id', e.case_id, 'injectionId', e.injection_id, 'site', e.site, 'onsetAt', ${iso('e.onset_at')}, 'reportedAt', ${iso('e.reported_at')},
      'assessment', e.assessment, 'resolvedAt', (SELECT CASE WHEN x.course = 'resolved' THEN ${iso('x.examined_at')} END FROM examination x
        WHERE x.clinic_id = e.clinic_id AND x.event_id = e.case_id AND x.state = 'effective' ORDER BY x.examined_at DESC, x.id DESC LIMIT 1)`,
      `adverse_event e WHERE ${mine('e')} AND e.state = 'effective'`,
    )},
    'examinations', ${list(
      `'id', x.id, 'eventId', x.event_id, 'examinedAt', ${iso('x.examined_at')}, 'course', x.course, 'motorDeficit', x.motor_deficit,
      'electrodiagnosticStudy', x.electrodiagnostic_study`,
      `examination x JOIN adverse_event e ON e.clinic_id = x.clinic_id AND e.case_id = x.event_id AND e.state = 'effective' WHERE ${mine('x')} AND x.state = 'effective'`,
    )},
    'routeDecisions', ${list(`'id', r.id, 'decidedAt', ${iso('r.decided_at')}, 'decision', r.decision`, `route_decision r WHERE ${mine('r')}`)},
    'restrictions', ${list(
      `'id', s.id, 'sites', s.sites, 'reason', s.reason, 'since', s.since, 'until', s.until, 'causeEventId', null`,
      `site_restriction s WHERE ${mine('s')} AND s.cause_event_id IS NULL AND s.lifted_at IS NULL`,
    )},
    'labResults', ${list(
      `'id', l.id, 'analyte', l.analyte, 'value', l.harmonized_value, 'collectedAt', ${iso('l.collected_at')}, 'collectedOn', l.collected_on`,
      `lab_result l WHERE ${mine('l')} AND l.state = 'effective'`,
    )},
    'symptomScores', ${list(`'id', s.id, 'at', ${iso('s.at')}, 'pain', s.pain, 'sensory', s.sensory, 'motor', s.motor`, `(${SCORES}) s`)},
    'ruleOuts', ${list(
      `'id', o.id, 'item', o.item, 'tickedAt', ${iso('(o.done_on::timestamp AT TIME ZONE c.time_zone)')}`,
      `rule_out o WHERE ${mine('o')} AND o.state = 'effective'`,
    )},
    'selfInjectionApprovals', ${list(
      `'id', a.id, 'courseId', a.course_id, 'approvedAt', ${iso('a.approved_at')}, 'trainedOn', a.trained_on,
      'plannedUntil', a.planned_until, 'endedAt', ${iso('a.ended_at')}`,
      `self_injection_approval a WHERE ${mine('a')}`,
    )},
    'contactAttempts', ${list(
      `'id', t.id, 'courseId', t.course_id, 'attemptedAt', ${iso('t.attempted_at')}, 'outcome', t.outcome, 'on', t."on", 'declineReason', t.decline_reason`,
      `contact_attempt t WHERE ${mine('t')} AND t.state = 'effective'`,
    )}
  ) AS facts, v.parameters AS protocol, v.id AS protocol_version_id, v.number AS protocol_number,
    coalesce((SELECT jsonb_object_agg(k.id, jsonb_build_object('maintenanceMonths', k.maintenance_months IS NULL, 'monitoringPlan', k.monitoring_plan IS NULL))
      FROM course k WHERE ${mine('k')}), '{}') AS follows,
    (SELECT jsonb_agg(jsonb_build_object('id', v.id, 'parameters', v.parameters, 'inForceFrom', ${iso('v.in_force_from')}) ORDER BY v.in_force_from, v.number)
       FROM protocol_version v WHERE v.clinic_id = p.clinic_id AND ${DECIDED}) AS versions
  FROM patient p
  JOIN clinic c ON c.id = p.clinic_id
  CROSS JOIN LATERAL ${version} v
  WHERE p.clinic_id = $1 AND p.id = $2`;
/** What is loaded decides what is derived, as much as the rules do: a test compares it with the revision of the rules. */
export const FACTS_QUERY = load(inForce('p.clinic_id', '$3'));
const LOAD = statement('load-patient-facts', FACTS_QUERY);
const LOAD_UNDER = statement(
  'load-patient-facts-under-version',
  load('(SELECT id, number, parameters FROM protocol_version WHERE clinic_id = p.clinic_id AND id = $3)'),
);

/**
 * Throws the problem `not-found` for a patient of another clinic or none. `now` chooses the protocol version in force, unless
 * `underVersionId` names one: that is for trying a draft out as if it took effect now, in a transaction that is rolled back.
 */
export async function loadFacts(tx: Tx, patientId: string, now: string, underVersionId?: string): Promise<LoadedFacts> {
  const row = await tx.maybe<LoadedFacts>(underVersionId ? LOAD_UNDER : LOAD, [tx.clinicId, patientId, underVersionId ?? now]);
  if (!row) throw problem('not-found', { detail: 'There is no such patient.' });
  return { ...row, facts: { ...row.facts, protocolBefore: versionsBefore(row.versions, row.protocolVersionId, now) } };
}

/** What was in force before a version, and until when. A draft that is tried follows what is in force now. */
export function versionsBefore(versions: readonly DecidedVersion[], versionId: string, now: Instant): ProtocolBefore[] {
  const place = versions.findIndex(({ id }) => id === versionId);
  const upTo = place === -1 ? versions.filter(({ inForceFrom }) => inForceFrom <= now) : versions.slice(0, place);
  const next = place === -1 ? now : (versions[place]?.inForceFrom ?? now);
  return upTo.map(({ parameters }, index) => ({ parameters, until: upTo[index + 1]?.inForceFrom ?? next }));
}
