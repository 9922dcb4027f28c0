/** The monitoring plans a clinic can have as its own; a course can also have none. */
export const PROTOCOL_MONITORING_PLANS = ['MON-3-6-12', 'MON-Q3'] as const;

/** What a protocol version says. Numbers have their unit last in their name; defaults are those of the source documents. */
export interface ProtocolParameters {
  rotationDays: number;
  deltoidMaxVolumeMl: number;
  maintenanceMonths: number;
  maintenanceOverdueNurseDays: number;
  maintenanceOverduePhysicianDays: number;
  loadingOverdueNurseDays: number;
  monitoringWindowBeforeDays: number;
  monitoringWindowAfterDays: number;
  routeDecisionHours: number;
  holdGapDays: number;
  eGfrThreshold: number;
  homocysteineTargetMicromolesPerL: number;
  potassiumUrgentMillimolesPerL: number;
  folicAcidLimitMgPerDay: number;
  transsacralBlockDays: number;
  permanentDamageRiskMonths: number;
  /** MON-RETIC. A version signed before this parameter existed does not have it, and asks for no blood counts. */
  reticulocyteIntervalDays?: number;
  /** MON-RELAPSE. */
  relapseWorseningPoints?: number;
  /** SELF-TRAIN, SELF-STOP. */
  selfTrainingMonths?: number;
  /** RX-OBSERVE. */
  observationMinutes?: number;
  /** The plan of the courses that follow the clinic's protocol. A version signed before this parameter existed means MON-3-6-12. */
  monitoringPlan?: (typeof PROTOCOL_MONITORING_PLANS)[number];
}

/** The parameters that are a choice of words; all others are numbers. */
export type ChoiceName = 'monitoringPlan';
export type ParameterName = Exclude<keyof ProtocolParameters, ChoiceName>;

export const DEFAULT_PROTOCOL: Readonly<ProtocolParameters> = {
  rotationDays: 14,
  deltoidMaxVolumeMl: 1,
  maintenanceMonths: 2,
  maintenanceOverdueNurseDays: 7,
  maintenanceOverduePhysicianDays: 28,
  loadingOverdueNurseDays: 2,
  monitoringWindowBeforeDays: 14,
  monitoringWindowAfterDays: 28,
  routeDecisionHours: 24,
  holdGapDays: 7,
  eGfrThreshold: 60,
  homocysteineTargetMicromolesPerL: 10,
  potassiumUrgentMillimolesPerL: 3.5,
  folicAcidLimitMgPerDay: 0.1,
  transsacralBlockDays: 42,
  permanentDamageRiskMonths: 3,
};
