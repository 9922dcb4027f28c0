import ra from 'ra-language-english';
import { adverseEvents } from './adverseEvents.js';
import { alerts } from './alerts.js';
import { app } from './app.js';
import { audit } from './audit.js';
import { clinical } from './clinical.js';
import { courses } from './courses.js';
import { home } from './home.js';
import { imports } from './imports.js';
import { injections } from './injections.js';
import { labResults } from './labResults.js';
import { lots } from './lots.js';
import { patients } from './patients.js';
import { protocol } from './protocol.js';
import { rules } from './rules.js';

/** The English catalogue. Another language has the same modules with the same keys, checked by this type. */
export const en = {
  ...ra,
  app,
  home,
  patients,
  courses,
  injections,
  adverseEvents,
  labResults,
  alerts,
  lots,
  imports,
  audit,
  rules,
  protocol,
  clinical,
};
export type Catalogue = typeof en;
