import { Children, isValidElement, type ReactElement, type ReactNode } from 'react';
import type { I18nProvider } from 'react-admin';
import { PLACES } from '../../../test/journeys/places.mjs';
import { App } from './App.js';

type Props = { children?: ReactNode; name?: string; path?: string } & Record<'list' | 'create' | 'edit' | 'show', unknown>;

/** The addresses that the application declares. */
function routesOf(node: ReactNode): string[] {
  return Children.toArray(node).flatMap((child) => {
    if (!isValidElement(child)) return [];
    const { children, name, path, list, create, edit, show } = (child as ReactElement<Props>).props;
    const own = path ? [path] : [];
    if (list) own.push(`/${name}`);
    if (create) own.push(`/${name}/create`);
    if (edit) own.push(`/${name}/:id`);
    if (show) own.push(`/${name}/:id/show`);
    return [...own, ...routesOf(children)];
  });
}

it('every page is looked at by axe and has its pictures: test/journeys/places.mjs names them all', () => {
  const declared = [...new Set(['/', '*', ...routesOf(App({ i18nProvider: {} as I18nProvider }))])].sort();
  expect(declared.length).toBeGreaterThan(15);
  expect([...new Set(PLACES.map(({ route }) => route))].sort()).toEqual(declared);
});
