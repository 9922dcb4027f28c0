import type { RuleSource } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useRuleTexts } from './useRuleTexts.js';

/** A source in one line: the document, the passage in its own words, how far it is reviewed; or the hazard our own safeguard answers. */
export function SourceText({ source }: { source: RuleSource }) {
  const { title, hazard, review } = useRuleTexts().source(source);
  if (review === null) return <>{[title, hazard].filter(Boolean).join(': ')}</>;
  return (
    <>
      {title} – <Quoted source={source} /> ({review})
    </>
  );
}

/** The sources are English documents: a screen reader is told so. */
export function Quoted({ source: { section, passage } }: { source: RuleSource }) {
  const translate = useTranslate();
  return <span lang="en">{translate(section ? 'rules.passageOf' : 'rules.passage', { section, passage })}</span>;
}
