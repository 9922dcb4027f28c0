import { proposedRegimen } from './regimen.js';

describe('the regimen proposed for a new course', () => {
  it('nerve symptoms: every other day, whichever cobalamin', () => {
    expect(proposedRegimen('hydroxocobalamin', true)).toBe('loading-alternate-days');
    expect(proposedRegimen('methylcobalamin', true)).toBe('loading-alternate-days');
  });
  it('no nerve symptoms: three times a week, methylcobalamin on its own schedule', () => {
    expect(proposedRegimen('cyanocobalamin', false)).toBe('loading-three-weekly');
    expect(proposedRegimen('methylcobalamin', false)).toBe('methylcobalamin-three-weekly');
  });
  it('vitamins D and A have no loading phase', () => {
    expect(proposedRegimen('colecalciferol', true)).toBe('maintenance');
    expect(proposedRegimen('retinol', false)).toBe('maintenance');
  });
});
