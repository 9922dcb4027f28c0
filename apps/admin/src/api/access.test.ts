import { PERMISSIONS, permissionsOf } from '@vastus/contract';
import { ACCESS, mayAccess } from './access.js';

const may = (role: Parameters<typeof permissionsOf>[0], resource: string, action: string) =>
  mayAccess(permissionsOf(role), resource, action);

describe('who may open which page', () => {
  it('a nurse records, a physician overrides and decides, an administrator reads', () => {
    expect(may('nurse', 'injections', 'create')).toBe(true);
    expect(may('nurse', 'injections', 'override')).toBe(false);
    expect(may('physician', 'injections', 'override')).toBe(true);
    expect(may('physician', 'route-decisions', 'create')).toBe(true);
    expect(may('nurse', 'route-decisions', 'create')).toBe(false);
    expect(may('administrator', 'injections', 'list')).toBe(true);
    expect(may('administrator', 'injections', 'create')).toBe(false);
    expect(may('administrator', 'patients', 'edit')).toBe(false);
  });

  it('the audit trail is the administrator’s alone', () => {
    expect(['nurse', 'physician', 'administrator'].filter((role) => may(role as 'nurse', 'audit', 'list'))).toEqual(['administrator']);
  });

  it('what the table does not name is refused, also to somebody with every permission', () => {
    const all = Object.keys(PERMISSIONS) as (keyof typeof PERMISSIONS)[];
    expect(mayAccess(all, 'patients', 'delete')).toBe(false);
    expect(mayAccess(all, 'staff', 'list')).toBe(false);
    expect(mayAccess(all, 'toString', 'call')).toBe(false);
    expect(mayAccess([], 'patients', 'list')).toBe(false);
  });

  it('every entry names a permission of the contract', () => {
    for (const actions of Object.values(ACCESS))
      for (const permission of Object.values(actions)) expect(Object.keys(PERMISSIONS)).toContain(permission);
  });
});
