import { CONFLICTS, type ConflictId, RULES, type Rule, type RuleId, type RulePlace, type RuleSource, SOURCES } from '@vastus/clinical';
import { useMemo } from 'react';
import { useTranslate } from 'react-admin';

/** The texts of the register in the language of the screen. */
export function useRuleTexts() {
  const translate = useTranslate();
  return useMemo(() => {
    const text = (key: string) => translate(`ruleTexts.${key}`);
    const title = (rule: RuleId) => text(`title.${rule}`);
    const summary = (rule: RuleId) => text(`summary.${rule}`);
    const place = (name: RulePlace) => text(`place.${name}`);
    /** Title of the document and how far it is reviewed, or the hazard that our own safeguard answers. */
    const source = ({ file, pointer }: RuleSource) =>
      file === 'safety-of-use'
        ? { title: translate('rules.ours'), hazard: pointer && text(`hazard.${pointer}`), review: null }
        : { title: text(`document.${file}`), hazard: null, review: translate(`rules.status.${SOURCES[file].reviewStatus}`) };
    const conflict = (id: ConflictId) => ({
      topic: text(`conflict.${id}.topic`),
      positions: CONFLICTS[id].positions.map(({ file }) => ({
        file,
        title: text(`document.${file}`),
        position: text(`conflict.${id}.position.${file}`),
      })),
      decision: text(`conflict.${id}.decision`),
    });
    /** Everything of a rule that somebody may search for. */
    const searchable = (rule: Rule) =>
      [
        rule.id,
        title(rule.id),
        summary(rule.id),
        ...rule.sources.flatMap((one) => [one.file, one.pointer, source(one).title, source(one).hazard]),
        ...rule.enforcedIn.map(place),
        ...rule.parameters.map((name) => translate(`protocol.parameter.${name}`)),
        rule.conflict && conflict(rule.conflict).topic,
      ].join(' ');
    return { title, summary, place, source, conflict, searchable };
  }, [translate]);
}

export const knownRule = (ruleId: string): Rule | undefined => (Object.hasOwn(RULES, ruleId) ? RULES[ruleId as RuleId] : undefined);
