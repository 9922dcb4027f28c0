import type { Role } from '@vastus/clinical';

/**
 * Who may do what: the only table. The server's guard reads it per route, react-admin's `canAccess` reads it per screen.
 * Administrators read clinical records and change staff, lots and protocol; they never edit a clinical fact.
 */
export const PERMISSIONS = {
  'patient.read': ['nurse', 'physician', 'administrator'],
  'patient.register': ['nurse', 'physician'],
  'patient.edit': ['nurse', 'physician'],
  'patient.override': ['physician'],
  'course.read': ['nurse', 'physician', 'administrator'],
  'course.start': ['nurse', 'physician'],
  'course.change': ['nurse', 'physician'],
  'course.end': ['physician'],
  'course.override': ['physician'],
  'injection.read': ['nurse', 'physician', 'administrator'],
  'injection.record': ['nurse', 'physician'],
  'injection.amend': ['nurse', 'physician'],
  'injection.void': ['nurse', 'physician'],
  'injection.override': ['physician'],
  'site-restriction.record': ['nurse', 'physician'],
  'site-restriction.lift': ['physician'],
  'adverse-event.read': ['nurse', 'physician', 'administrator'],
  'adverse-event.record': ['nurse', 'physician'],
  'adverse-event.examine': ['nurse', 'physician'],
  'adverse-event.amend': ['nurse', 'physician'],
  'adverse-event.assess': ['physician'],
  'adverse-event.void': ['physician'],
  'adverse-event.annotate': ['administrator', 'physician'],
  'adverse-event.export': ['administrator', 'physician'],
  'route.decide': ['physician'],
  'contact.record': ['nurse', 'physician'],
  'lab-result.read': ['nurse', 'physician', 'administrator'],
  'lab-result.record': ['nurse', 'physician'],
  'lab-result.void': ['nurse', 'physician'],
  'symptom-score.record': ['nurse', 'physician'],
  'rule-out.record': ['nurse', 'physician'],
  'pain-plan.record': ['nurse', 'physician'],
  'self-injection.prepare': ['nurse', 'physician'],
  'self-injection.approve': ['physician'],
  'self-injection.end': ['nurse', 'physician'],
  'alert.read': ['nurse', 'physician', 'administrator'],
  'alert.act': ['nurse', 'physician'],
  'worklist.today': ['nurse', 'physician'],
  'product.read': ['nurse', 'physician', 'administrator'],
  'lot.read': ['nurse', 'physician', 'administrator'],
  'lot.receive': ['nurse', 'administrator'],
  'lot.change': ['administrator'],
  'recall.contact': ['nurse', 'physician', 'administrator'],
  'recall.export': ['administrator'],
  'product.change': ['administrator'],
  'protocol.read': ['nurse', 'physician', 'administrator'],
  'protocol.draft': ['administrator'],
  'protocol.simulate': ['physician', 'administrator'],
  'protocol.sign': ['physician'],
  'audit.read': ['administrator'],
  'audit.verify': ['administrator'],
  'staff.manage': ['administrator'],
  'audit.export': ['administrator'],
  'api-key.manage': ['administrator'],
  'system.read': ['administrator'],
  'import.run': ['administrator', 'physician'],
  'import.read': ['administrator', 'physician'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/**
 * What binds the clinic or opens a door. A route that writes under one of these says whether it asks for a fresh proof of who sits there;
 * no machine is given one.
 */
export const PROVEN_PERMISSIONS = [
  'protocol.sign',
  'self-injection.approve',
  'staff.manage',
  'api-key.manage',
] as const satisfies readonly Permission[];

/** What a machine may be trusted with: reading, and recording what it measured. Never a decision: no override, no signature, no staff. */
export const KEY_SCOPES = [
  'patient.read',
  'patient.register',
  'patient.edit',
  'course.read',
  'injection.read',
  'injection.record',
  'adverse-event.read',
  'lab-result.read',
  'lab-result.record',
  'symptom-score.record',
  'alert.read',
  'worklist.today',
  'product.read',
  'lot.read',
  'lot.receive',
  'protocol.read',
  'audit.read',
  'import.run',
  'import.read',
] as const satisfies readonly Permission[];

/** Whether a role holds a permission. */
export function allows(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role);
}

/** Whether a role acts on an alert of another's queue: a physician for a nurse, never the other way round. */
export function actsFor(role: Role, owner: Role): boolean {
  return role === owner || (role === 'physician' && owner === 'nurse');
}

/** All permissions of a role, in table order. */
export function permissionsOf(role: Role): Permission[] {
  return (Object.keys(PERMISSIONS) as Permission[]).filter((p) => allows(role, p));
}
