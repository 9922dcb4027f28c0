import type { ProblemIssue } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { ApiProblem, fieldOf, issuesByField } from './problem.js';

/** Where the label of a field may be; the first that knows it speaks. */
const LABELS = ['issues.field', 'protocol.parameter', 'clinical.care'];

/** What the server refused, in the language of the screen: an issue by its code, a field by its label. */
export function useIssues() {
  const translate = useTranslate();
  const { number } = useFormat();
  const message = ({ code, facts, message: english }: ProblemIssue): string => {
    const limit = facts?.['limit'];
    return translate(`issues.code.${code}`, { limit: typeof limit === 'number' ? number(limit, 3) : '', smart_count: limit, _: english });
  };
  /** A field of a request as people know it; nothing where nobody could see it. */
  const labelOf = (name: string): string => name && LABELS.reduceRight((known, group) => translate(`${group}.${name}`, { _: known }), '');
  /** The label of the field an issue speaks about. */
  const label = (issue: ProblemIssue): string => {
    const steps = fieldOf(issue)?.split('.') ?? [];
    const name = steps.findLast((step) => !/^\d+$/.test(step)) ?? '';
    return labelOf(name);
  };
  /** Messages by form field, the first word on each; what belongs to no field is under ''. */
  const byField = (error: unknown) => (error instanceof ApiProblem ? issuesByField(error, message) : {});
  return { message, label, labelOf, byField };
}
