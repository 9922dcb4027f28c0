import english from 'ra-language-english';
import { account } from './account.js';
import { adverseEvents } from './adverseEvents.js';
import { alerts } from './alerts.js';
import { app } from './app.js';
import { audit } from './audit.js';
import { care, careFinding, ruleOutWords, selfState, selfStop } from './care.js';
import { clinical } from './clinical.js';
import { connection } from './connection.js';
import { courses } from './courses.js';
import { examination } from './examination.js';
import { followUp } from './followUp.js';
import { home } from './home.js';
import { importReasons } from './importReasons.js';
import { imports } from './imports.js';
import { injections } from './injections.js';
import { issues } from './issues.js';
import { labResults } from './labResults.js';
import { lots } from './lots.js';
import { patients } from './patients.js';
import { protocol } from './protocol.js';
import { rules } from './rules.js';
import { ruleTexts } from './ruleTexts.js';
import { search } from './search.js';
import { selfInjection } from './selfInjection.js';
import { staff } from './staff.js';
import { system } from './system.js';
import { timeline } from './timeline.js';
import { whyNot } from './whyNot.js';

/** One group a code looks its word up in, wherever the code comes from. */
const codes = {
  ...clinical,
  finding: { ...clinical.finding, ...careFinding },
  missing: { ...clinical.missing, ...ruleOutWords },
  care,
  selfStop,
  selfState,
};

/** The English catalogue. Another language has the same modules with the same keys, checked by this type. */
export const en = {
  ra: english.ra,
  app,
  home,
  patients,
  connection,
  courses,
  injections,
  issues,
  adverseEvents,
  examination,
  labResults,
  alerts,
  lots,
  imports,
  importReasons,
  audit,
  rules,
  ruleTexts,
  protocol,
  whyNot,
  timeline,
  followUp,
  selfInjection,
  search,
  account,
  staff,
  system,
  clinical: codes,
};
export type Catalogue = typeof en;
