/** Titles and descriptions of the pages. A page and its loading state begin alike. */
export const HEADINGS = {
  overview: { title: 'Overview' },
  account: { title: 'Your account' },
  try: { title: 'Try it', description: 'See who Kith recognises in a photo. The photo is not stored.' },
  events: { title: 'Events', description: 'Everyone seen by your devices, newest first.' },
  event: { title: 'Event' },
  review: { title: 'Review', description: 'What needs a decision, most urgent first.' },
  people: { title: 'People', description: 'Everyone Kith can recognise, with their consent and samples.' },
  groups: {
    title: 'Groups',
    description: 'Departments, classes, shifts. Limit a phone or an API key to a group, and it knows nobody else.',
  },
  samples: {
    title: 'Samples',
    description: 'One face from one photo. Three to five good samples per person work best.',
  },
  import: {
    title: 'Import',
    description: 'Enrol many people at once, from a spreadsheet with photo URLs or from photos named by person.',
  },
  devices: {
    title: 'Devices',
    description:
      'Phones and tablets that recognise people without a network. Each stores an encrypted copy of the gallery until you revoke it.',
  },
  docs: {
    title: 'API reference',
    description: 'Every endpoint, generated from the schema that the server validates requests with.',
  },
  keys: {
    title: 'API keys',
    description: 'For programs that enrol and recognise people. Give each key only the scopes it needs.',
  },
  webhooks: {
    title: 'Webhooks',
    description: 'Send events to your own programs. Signed, retried for three days, never with pictures.',
  },
  users: {
    title: 'Users',
    description: 'Administrators manage everything, operators manage people, viewers can only look.',
  },
  accuracy: {
    title: 'Accuracy',
    description: 'How often a stranger would be taken for one of your people, and for whom.',
  },
  settings: {
    title: 'Settings',
    description: 'Changes apply immediately on servers, and on phones at their next sync.',
  },
  export: { title: 'Move data', description: 'Export everything to one file, or import one from another Kith server.' },
  audit: {
    title: 'Audit log',
    description: 'Who did what, and when. Entries cannot be edited. No biometric data is stored here.',
  },
} as const;
