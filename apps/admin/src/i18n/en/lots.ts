/** Lots: receiving, holding, recalling and releasing them. */
export const lots = {
  title: 'Lots', number: 'Lot number', numberHelp: 'As printed on the vial', product: 'Product', expires: 'Expires', expiresHelp: 'The last day of use; for a month without a day, its last day', status: 'State',
  received: 'Received', given: 'Given', show: 'Which lots', all: 'All', usableOnly: 'Usable today', expired: 'Expired', injections: '%{smart_count} injection from lot %{number} |||| %{smart_count} injections from lot %{number}',
  noneUsable: 'No lot may be given today.', noneFound: 'No lot matches these filters.', receive: 'Receive a lot', receiveConfirm: 'Receive', receivedNotice: 'Lot received',
  to: { usable: 'Release', 'on-hold': 'Hold', recalled: 'Recall' },
  asking: { usable: 'Release lot %{number}?', 'on-hold': 'Hold lot %{number}?', recalled: 'Recall lot %{number}?' },
  explain: {
    usable: 'It may be given again, as long as it has not expired.', 'on-hold': 'Nobody is given this lot until it is released. Doses already given stay as they are.',
    recalled: 'Nobody is given this lot any more. %{smart_count} injection was given from it; the list of injections shows who received it. |||| Nobody is given this lot any more. %{smart_count} injections were given from it; the list of injections shows who received it.',
  },
};
