/** Shapes that several nouns answer with. */
import { PRIORITIES, ROLES, SITE_IDS } from '@vastus/clinical';
import { z } from 'zod';
import { DateOut, Id, InstantOut } from '../values.js';

export const PatientParams = z.strictObject({ patientId: Id });

/** A clinical rule's word about what is about to happen. `field` names the input it speaks about. */
export const FindingOut = z
  .object({
    ruleId: z.string(),
    severity: z.enum(['block', 'warn']),
    code: z.string(),
    field: z.string().nullable(),
    facts: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Finding' });

/** What a write did to everything derived from the facts; the same transaction, told to the person who wrote. */
export const Changes = z
  .object({
    milestonesAdded: z.int(),
    milestonesRemoved: z.int(),
    milestonesMoved: z.int(),
    milestonesMet: z.int(),
    milestonesReopened: z.int(),
    alertsRaised: z.int(),
    alertsClosed: z.int(),
    alertsReopened: z.int(),
    holdPlaced: z.boolean(),
    holdLifted: z.boolean(),
    sitesRestricted: z.array(z.enum(SITE_IDS)),
    sitesReleased: z.array(z.enum(SITE_IDS)),
  })
  .meta({ id: 'Changes' });
export type Changes = z.output<typeof Changes>;

/** What will be due, with the dates it was computed to. */
export const MilestoneOut = z
  .object({
    id: Id,
    ruleId: z.string(),
    subjectType: z.string(),
    subjectId: Id,
    opensAt: InstantOut,
    dueAt: InstantOut,
    dueOn: DateOut,
    overdueAt: InstantOut.nullable(),
    ownerRole: z.enum(ROLES),
    priority: z.enum(PRIORITIES),
    state: z.enum(['planned', 'raised', 'met', 'cancelled']),
    metAt: InstantOut.nullable(),
    missing: z.array(z.string()),
    facts: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Milestone' });

/** What every version of a fact carries: a correction is a new version that names the old, a void is signed with its reason. */
export const versionFields = {
  state: z.enum(['effective', 'superseded', 'voided']),
  replacesId: Id.nullable(),
  amendReason: z.string().nullable(),
  voidedAt: InstantOut.nullable(),
  voidReason: z.string().nullable(),
  recordedAt: InstantOut,
  recordedByName: z.string(),
};

/** The patient as lists and cards name one: two identifiers, never less. */
/** HOLD-IM as a row shows it: nobody has decided yet (HOLD-DECIDE), or what was decided instead of injections. */
export const ImHold = z.enum(['undecided', 'oral', 'stop']).meta({ id: 'ImHold' });
export type ImHold = z.output<typeof ImHold>;

export const PatientName = z
  .object({
    id: Id,
    recordNumber: z.string(),
    familyName: z.string(),
    givenName: z.string(),
    birthDate: DateOut,
  })
  .meta({ id: 'PatientName' });

export type PatientParams = z.output<typeof PatientParams>;
export type FindingOut = z.output<typeof FindingOut>;
export type MilestoneOut = z.output<typeof MilestoneOut>;
export type PatientName = z.output<typeof PatientName>;
