/** Which permission of the contract's table each react-admin resource and action needs. What is not listed is refused. */
import type { Permission } from '@vastus/contract';

export const ACCESS: Readonly<Record<string, Readonly<Record<string, Permission>>>> = {
  patients: { list: 'patient.read', show: 'patient.read', create: 'patient.register', edit: 'patient.edit' },
  courses: { list: 'course.read', show: 'course.read', create: 'course.start', edit: 'course.change', end: 'course.end' },
  injections: {
    list: 'injection.read',
    show: 'injection.read',
    create: 'injection.record',
    amend: 'injection.amend',
    void: 'injection.void',
    override: 'injection.override',
  },
  'site-restrictions': { create: 'site-restriction.record', lift: 'site-restriction.lift' },
  'route-decisions': { create: 'route.decide' },
  'adverse-events': {
    list: 'adverse-event.read',
    show: 'adverse-event.read',
    create: 'adverse-event.record',
    examine: 'adverse-event.examine',
    void: 'adverse-event.void',
  },
  'lab-results': {
    list: 'lab-result.read',
    show: 'lab-result.read',
    create: 'lab-result.record',
    amend: 'lab-result.record',
    void: 'lab-result.void',
  },
  alerts: { list: 'alert.read', show: 'alert.read', edit: 'alert.act' },
  today: { list: 'worklist.today' },
  products: { list: 'product.read' },
  lots: { list: 'lot.read', create: 'lot.receive', edit: 'lot.change' },
  imports: { list: 'import.read', show: 'import.read', create: 'import.run' },
  audit: { list: 'audit.read' },
};

/** Whether somebody with these permissions may do this; an unknown resource or action is refused. */
export function mayAccess(permissions: readonly Permission[], resource: string, action: string): boolean {
  const needed = ACCESS[resource]?.[action];
  return needed !== undefined && permissions.includes(needed);
}
