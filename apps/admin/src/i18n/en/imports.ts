/** Importing FHIR bundles. The reasons of a report are the server's own words. */
export const imports = {
  title: 'Import', subtitle: 'FHIR R4 bundles from other systems. A file imported twice changes nothing.', choose: 'Choose files', chooseHelp: 'You see what a file would do before anything is written.',
  drop: 'Drop FHIR JSON files here, several at once if you like', browse: 'Choose files…', carryOut: 'Carry out', carryOutAll: 'Carry out %{smart_count} file |||| Carry out all %{smart_count} files', remove: 'Take off the list',
  busy: { reading: 'Reading the file…', previewing: 'Looking at what it would do…', starting: 'Handing it to the worker…' },
  refused: { 'too-large': 'The file is too large: 32 MB at most.', 'no-json': 'This is not a JSON file.', 'no-bundle': 'This is not a FHIR bundle.' },
  state: { previewed: 'Previewed', queued: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed' }, progress: '%{done} of %{total} entries', done: 'Everything in this report has been carried out.', failed: 'The import ended early: %{why}',
  proposals: 'Orders waiting', proposalsHelp: 'Nothing happens until somebody accepts an order as a course.', noProposals: 'No order is waiting.', accept: 'Accept as course…', decline: 'Decline', declineTitle: 'Decline this order?',
  past: 'Past imports', file: 'File', stateTitle: 'State', entries: 'Entries', when: 'When', none: 'Nothing has been imported yet.', byCommand: 'Command line', reportButton: 'Report',
  report: {
    patients: '%{smart_count} patient |||| %{smart_count} patients', results: '%{smart_count} result |||| %{smart_count} results', proposals: '%{smart_count} proposed course |||| %{smart_count} proposed courses',
    profile: '%{smart_count} change in a profile |||| %{smart_count} changes in profiles', left: '%{smart_count} entry left out |||| %{smart_count} entries left out', who: 'Patients', profileTitle: 'Changes in profiles',
    action: { planned: { create: 'will be registered', update: 'will be updated', unchanged: 'is known already' }, done: { create: 'registered', update: 'updated', unchanged: 'was known already' } },
    field: { renalDysfunction: 'Renal dysfunction', malabsorption: 'Malabsorption', riskGroups: 'Risk group', allergies: 'Allergy', anticoagulated: 'Anticoagulated', deceasedOn: 'Died on', folicAcidMgPerDay: 'Folic acid (mg a day)' },
    counts: 'By kind of entry', resource: 'Kind', created: 'New', updated: 'Changed', unchanged: 'Unchanged', skipped: 'Left out', notTaken: 'Why %{smart_count} entry is left out |||| Why %{smart_count} entries are left out',
    reason: 'Reason', code: 'What', entries: 'Entries',
  },
};
