/** Protocol versions: drafting, what would change, signing. */
import type { ChoiceName, ParameterName, ProtocolIssueCode } from '@vastus/clinical';

export const protocol = {
  title: 'Protocol',
  parameter: {
    rotationDays: 'Rest of a site',
    deltoidMaxVolumeMl: 'Most volume into a deltoid',
    maintenanceMonths: 'Maintenance every',
    maintenanceOverdueNurseDays: 'Late maintenance dose: nurse after',
    maintenanceOverduePhysicianDays: 'Late maintenance dose: physician after',
    loadingOverdueNurseDays: 'Late loading dose: nurse after',
    monitoringWindowBeforeDays: 'Results count from, before the check',
    monitoringWindowAfterDays: 'Results count until, after the check',
    routeDecisionHours: 'Time for the route decision',
    holdGapDays: 'On hold without B12 at most',
    eGfrThreshold: 'Poor kidney function below eGFR',
    homocysteineTargetMicromolesPerL: 'Homocysteine at target below',
    potassiumUrgentMillimolesPerL: 'Potassium urgent below',
    folicAcidLimitMgPerDay: 'Folic acid before B12 at most',
    transsacralBlockDays: 'Transsacral block may be considered for',
    permanentDamageRiskMonths: 'Risk of permanent damage: symptoms longer than',
    reticulocyteIntervalDays: 'Blood counts every',
    relapseWorseningPoints: 'Relapse: worse by at least',
    selfTrainingMonths: 'Training for self-injection is good for',
    monitoringPlan: 'Monitoring plan',
  } satisfies Record<ParameterName | ChoiceName, string>,
  issue: {
    unknown: 'This parameter is not known.',
    missing: 'This is needed.',
    'not-a-number': 'Give a number.',
    'not-an-integer': 'Give a whole number.',
    'below-minimum': 'At least %{min} %{unit}.',
    'above-maximum': 'At most %{max} %{unit}.',
    'not-a-choice': 'Choose one of the plans.',
    'not-after': 'Must be later than “%{than}”.',
  } satisfies Record<ProtocolIssueCode, string>,
};
