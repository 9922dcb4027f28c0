/** What a national report asks for about one case beside the event itself. */
import type { Analyte, Cause, ClinicDate, Instant, Regimen, Role, Route } from '@vastus/clinical';
import { statement, type Tx } from '@vastus/db';
import { inForce, maintenanceMonths } from '../obligations/protocol-in-force.js';

export interface ReportedPatient {
  familyName: string;
  givenName: string;
  recordNumber: string;
  birthDate: ClinicDate;
  sex: string;
  deceasedOn: ClinicDate | null;
  renalDysfunction: boolean | null;
  malabsorption: string[];
  riskGroups: string[];
  allergies: string[];
  allergyNote: string | null;
  anticoagulated: boolean | null;
  folicAcidMgPerDay: number | null;
  neurotoxicDrugs: string | null;
  clinicName: string;
  reporterName: string;
  reporterRole: Role;
  painDrugs: string[];
  otherCourses: string[];
}

export interface ReportedDose {
  productName: string;
  substance: string;
  strengthMicrogramsPerMl: number;
  atcCode: string | null;
  gtins: string[];
  lotNumber: string | null;
  expiresOn: ClinicDate | null;
  doseMicrograms: number;
  volumeMl: number | null;
  route: Route;
  needleGauge: number | null;
  needleLengthMm: number | null;
  givenAt: Instant;
  givenBy: string | null;
  selfReported: boolean;
  indication: string | null;
  cause: Cause;
  neurologicalInvolvement: boolean;
  symptomsSince: ClinicDate | null;
  regimen: Regimen;
  maintenanceMonths: number;
  loadingEndedOn: ClinicDate | null;
  givenOn: ClinicDate;
  dosesBefore: number;
  firstDoseOn: ClinicDate | null;
  lastDoseOn: ClinicDate | null;
  dosesAfter: number;
  eventsAfter: number;
  againstStop: boolean;
}

export interface ReportedTest {
  on: ClinicDate;
  analyte: Analyte;
  value: number;
  unit: string;
}

const PATIENT = statement(
  'report-patient',
  `SELECT p.family_name, p.given_name, p.record_number, p.birth_date, p.sex, p.deceased_on, p.renal_dysfunction, p.malabsorption, p.risk_groups, p.allergies,
          p.allergy_note, p.anticoagulated, p.folic_acid_mg_per_day, p.neurotoxic_drugs, c.name AS clinic_name, u.name AS reporter_name, m.role AS reporter_role,
          ARRAY(SELECT n.drug || coalesce(' ' || n.dose::text || ' ' || n.unit, '') FROM pain_plan n
                 WHERE n.clinic_id = p.clinic_id AND n.patient_id = p.id AND n.state = 'effective' ORDER BY n.since) AS pain_drugs,
          ARRAY(SELECT d.name FROM course k JOIN product d ON d.clinic_id = k.clinic_id AND d.id = k.product_id
                 WHERE k.clinic_id = p.clinic_id AND k.patient_id = p.id AND k.id IS DISTINCT FROM i.course_id
                   AND k.started_on <= e.onset_at::date + 1 AND (k.ended_on IS NULL OR k.ended_on >= e.onset_at::date - 90) ORDER BY k.started_on) AS other_courses
     FROM adverse_event e
     JOIN patient p ON p.clinic_id = e.clinic_id AND p.id = e.patient_id
     JOIN clinic c ON c.id = e.clinic_id
     JOIN adverse_event f ON f.clinic_id = e.clinic_id AND f.id = e.case_id
     JOIN membership m ON m.clinic_id = f.clinic_id AND m.id = f.recorded_by
     JOIN auth."user" u ON u.id = m.user_id
     LEFT JOIN injection i ON i.clinic_id = e.clinic_id AND i.id = e.injection_id
    WHERE e.clinic_id = $1 AND e.case_id = $2 AND e.state <> 'superseded'`,
);
const DOSE = statement(
  'report-dose',
  `SELECT d.name AS product_name, d.substance, d.strength_micrograms_per_ml, d.atc_code,
          ARRAY(SELECT g.gtin FROM product_gtin g WHERE g.clinic_id = d.clinic_id AND g.product_id = d.id ORDER BY g.gtin) AS gtins,
          l.lot_number, l.expires_on, i.dose_micrograms, i.volume_ml, i.route, i.needle_gauge, i.needle_length_mm, i.given_at, i.given_by, i.self_reported,
          k.indication, k.cause, k.neurological_involvement, k.symptoms_since, k.regimen,
          ${maintenanceMonths('k', 'v')} AS maintenance_months, k.loading_ended_on, i.given_on, k.first_dose_on, k.last_dose_on, i.against_stop,
          (SELECT count(*) FROM injection n WHERE n.clinic_id = i.clinic_id AND n.course_id = i.course_id AND n.state = 'effective' AND n.status = 'given'
              AND n.given_at < i.given_at) AS doses_before,
          (SELECT count(*) FROM injection n WHERE n.clinic_id = i.clinic_id AND n.course_id = i.course_id AND n.state = 'effective' AND n.status = 'given'
              AND n.given_at > e.onset_at) AS doses_after,
          (SELECT count(*) FROM adverse_event o JOIN injection n ON n.clinic_id = o.clinic_id AND n.id = o.injection_id
            WHERE o.clinic_id = e.clinic_id AND o.patient_id = e.patient_id AND o.case_id <> e.case_id AND o.state = 'effective'
              AND n.course_id = i.course_id AND n.given_at > e.onset_at) AS events_after
     FROM adverse_event e
     JOIN injection i ON i.clinic_id = e.clinic_id AND i.id = e.injection_id
     JOIN product d ON d.clinic_id = i.clinic_id AND d.id = i.product_id
     JOIN course k ON k.clinic_id = i.clinic_id AND k.id = i.course_id
     CROSS JOIN LATERAL ${inForce('i.clinic_id', '$3')} v
     LEFT JOIN lot l ON l.clinic_id = i.clinic_id AND l.id = i.lot_id
    WHERE e.clinic_id = $1 AND e.case_id = $2 AND e.state <> 'superseded'`,
);
/** What was measured from three months before the event on; the report has room for so many. */
const TESTS = statement(
  'report-tests',
  `SELECT r.collected_on AS on, r.analyte, r.value, r.unit FROM lab_result r JOIN adverse_event e ON e.clinic_id = r.clinic_id AND e.patient_id = r.patient_id
    WHERE r.clinic_id = $1 AND e.case_id = $2 AND e.state <> 'superseded' AND r.state = 'effective' AND r.collected_at >= e.onset_at - interval '90 days'
    ORDER BY r.collected_at DESC, r.id LIMIT 40`,
);

export async function reportFacts(tx: Tx, caseId: string, now: Instant) {
  const place = [tx.clinicId, caseId];
  return {
    patient: await tx.one<ReportedPatient>(PATIENT, place),
    dose: (await tx.maybe<ReportedDose>(DOSE, [...place, now])) ?? null,
    tests: await tx.many<ReportedTest>(TESTS, place),
  };
}
export type ReportFacts = Awaited<ReturnType<typeof reportFacts>>;
