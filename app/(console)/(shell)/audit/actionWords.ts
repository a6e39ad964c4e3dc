/** Labels of actions whose API name is not clear. All others are shown by their name. */
const WORDS: Readonly<Record<string, string>> = {
  'session.sign_in': 'signed in',
  'session.sign_out': 'signed out',
  'session.sign_in_failed': 'sign-in failed',
  'session.throttled': 'sign-in throttled',
  'account.password_wrong': 'current password wrong',
  'event.confirm': 'confirmed a recognition',
  'event.correct': 'corrected a recognition',
  'review.keep': 'kept as it is',
  'review.ask_again': 'asked about again',
  'event.take_back': 'took back a correction',
};

export const actionWords = (action: string): string => WORDS[action] ?? action;

/** Options of the filter: the first part of an action, and its label. */
export const KINDS: readonly (readonly [kind: string, label: string])[] = [
  ['session', 'sign-in'],
  ['account', 'account'],
  ['user', 'user'],
  ['person', 'person'],
  ['sample', 'sample'],
  ['group', 'group'],
  ['event', 'event'],
  ['review', 'review'],
  ['key', 'key'],
  ['device', 'device'],
  ['import', 'import'],
  ['webhook', 'webhook'],
  ['settings', 'settings'],
  ['server', 'server'],
];
