/** Names of sites as the ward says them, and the words of the body map. */
const kinds = {
  ventrogluteal: 'Ventrogluteal',
  'vastus-lateralis': 'Vastus lateralis',
  deltoid: 'Deltoid',
  'rectus-femoris': 'Rectus femoris',
  dorsogluteal: 'Dorsogluteal',
};

export const bodyMap = {
  body_map: {
    label: 'Injection site',
    closed_sites: 'Sites not to be used',
    all_sites: 'All sites',
    kinds,
    sites: {
      'ventrogluteal-left': 'Left ventrogluteal',
      'ventrogluteal-right': 'Right ventrogluteal',
      'vastus-lateralis-left': 'Left vastus lateralis',
      'vastus-lateralis-right': 'Right vastus lateralis',
      'deltoid-left': 'Left deltoid',
      'deltoid-right': 'Right deltoid',
      'rectus-femoris-left': 'Left rectus femoris',
      'rectus-femoris-right': 'Right rectus femoris',
      'dorsogluteal-left': 'Left dorsogluteal',
      'dorsogluteal-right': 'Right dorsogluteal',
    },
    states: { recommended: 'Advised', available: 'Available', recent: 'Used recently', restricted: 'Not to be used', avoid: 'Avoid' },
    letters: { left: 'L', right: 'R' },
    views: { front: 'Front', back: 'Back' },
    never_used: 'Never used',
    used_today: 'Used today',
    used_days_ago: '%{smart_count} day ago |||| %{smart_count} days ago',
    last_used: 'Last used %{on}',
  },
};
