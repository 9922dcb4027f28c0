/** When the server cannot be reached, before something typed would be lost, and when a new version is there. */
export const connection = {
  lost: 'No connection to the server.',
  kept: 'What you enter stays here.',
  waiting:
    '%{smart_count} entry is kept and will be sent when the connection is back. |||| %{smart_count} entries are kept and will be sent when the connection is back.',
  stop: 'Do not send',
  delivered:
    'The connection is back: %{smart_count} entry has been sent. |||| The connection is back: %{smart_count} entries have been sent.',
  refused: 'An entry made without connection was refused. Look at it again before you leave the page.',
  leave: {
    language: 'Send or leave the form first: another language would empty it.',
    title: 'Leave without saving?',
    text: 'What you entered on this page has not been sent and would be lost.',
    stay: 'Stay',
    go: 'Leave',
  },
  version: { ready: 'A new version of Vastus is ready. Finish what you are doing first.', start: 'Reload now' },
};
