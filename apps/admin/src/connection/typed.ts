/**
 * What somebody has typed into the page and not yet sent. Every field of every form counts, without its form knowing: a field is
 * marked when it is typed into, and no longer counts once it has left the screen or a write has arrived.
 */
const FIELDS = 'input:not([type=search], [type=password], [type=file], [role=combobox]), textarea, select';
/** Filters and searches lose nothing, nor does what stands in bar and menu. */
const NOT_COUNTED = 'search, [role=search], [role=toolbar], header, nav';

const touched = new Set<Element>();

export function hasTyped(within?: Element): boolean {
  for (const field of touched) {
    if (!field.isConnected) touched.delete(field);
    else if (!within || within.contains(field)) return true;
  }
  return false;
}

/** What was typed has been sent, or is given up. */
export function forgetTyped(): void {
  touched.clear();
}

export function watchTyping(): () => void {
  const mark = ({ target }: Event) => {
    if (target instanceof Element && target.matches(FIELDS) && !target.closest(NOT_COUNTED)) touched.add(target);
  };
  document.addEventListener('input', mark, true);
  return () => document.removeEventListener('input', mark, true);
}
