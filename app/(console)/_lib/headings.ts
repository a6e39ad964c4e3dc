/** Titles of the pages and what they say under them: the page and what stands there while it loads begin alike. */
export const HEADINGS = {
  overview: { title: 'Overview' },
  account: { title: 'Your account' },
  try: { title: 'Try it', description: 'See who Kith recognises in a picture. Nothing of it is kept.' },
  events: { title: 'Events', description: 'Who was recognised on which device, and when. Each one is kept once.' },
  people: { title: 'People', description: 'Everybody who can be recognised, with their consent and their samples.' },
  samples: {
    title: 'Samples',
    description: 'Each is one face of one picture. Several good ones of a person make recognition sure.',
  },
  import: {
    title: 'Import',
    description: 'Enrol many pictures at once, from a list of their addresses or from pictures named by person.',
  },
  devices: {
    title: 'Devices',
    description:
      'Phones and tablets that recognise on their own, with no network. Each keeps the gallery, encrypted, until it is revoked.',
  },
  docs: {
    title: 'API reference',
    description: 'Every call, from the description that the server itself checks requests by.',
  },
  keys: {
    title: 'API keys',
    description: 'For programs that enrol and recognise. Give each only what it needs.',
  },
  webhooks: {
    title: 'Webhooks',
    description: 'Your own programs, told what happens here. Signed, tried again for three days, and without faces.',
  },
  users: {
    title: 'Users',
    description: 'Who may sign in. Administrators do everything, operators work with people and events, viewers read.',
  },
  settings: {
    title: 'Settings',
    description: 'They count at once, on every server and at each phone’s next contact.',
  },
  export: { title: 'Move data', description: 'Everything in one file: to another server, or into a drawer.' },
  audit: {
    title: 'Audit log',
    description: 'Who did what to whom and when. Nothing here can be changed, and no face is in it.',
  },
} as const;
