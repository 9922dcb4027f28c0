import { createHash } from 'node:crypto';
import { RULES_REVISION, RULES_REVISIONS } from '@vastus/clinical';
import { FACTS_QUERY } from './patient-facts.store.js';

// Other facts give other milestones as surely as other rules do. White space is not looked at.
test('the query that loads the facts belongs to the revision of the rules: changed, it needs a line in rules-revision.ts', () => {
  const loading = createHash('sha256').update(FACTS_QUERY.replace(/\s+/g, ' ')).digest('hex').slice(0, 16);
  expect({ revision: RULES_REVISION, loading }).toEqual({ revision: RULES_REVISION, loading: RULES_REVISIONS.at(-1)?.loading });
});
