/** Entering and correcting laboratory results. */
export const labResults = {
  title: 'Results', enter: 'Enter results', enterHelp: 'Units are converted or refused, never guessed.', whose: 'Whose results?', sample: 'One sample',
  analyte: 'Analyte', value: 'Value', unit: 'Unit', collectedAt: 'Collected at', collectedHelp: 'When the blood was drawn: it decides which check it counts for', another: 'Another result',
  wholeCheck: 'B12, homocysteine, MMA', remove: 'Take %{analyte} off the form', noNumber: 'Not a number', counts: 'counts as %{value} %{unit}', reference: 'reference %{range} %{unit}',
  range: { low: 'Low', high: 'High', inside: 'Inside the range' },
  loinc: { '2823-3': '2823-3 · serum or plasma', '6298-4': '6298-4 · blood', '2160-0': '2160-0 · serum or plasma', '38483-4': '38483-4 · blood' },
  save: 'Save result |||| Save %{smart_count} results', saved: 'Saved: %{what}', closed: 'Done: %{check}', nearer: '%{check}: still missing %{what}', review: 'New for review: %{check}',
  closedNothing: 'No check was waiting for this.',
  collected: 'Collected', reported: 'As reported', harmonized: 'As the rules read it', status: 'State', none: 'No result has been recorded yet.', noneFound: 'No result matches these filters.',
  amendTitle: 'Correct a result', voidExplain: '%{about}: what it had closed opens again. The record stays visible, struck through.', wrongPatient: 'Belongs to another patient', typingError: 'A slip while typing it in',
};
