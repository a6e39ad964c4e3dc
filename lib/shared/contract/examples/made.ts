/** Made-up people and faces that the examples share. */

/** 128 made-up numbers: nobody's face. */
export const ENCODING = `${'zczMPc3MTL3NzEw9'.repeat(42)}zczMPc3MTL0=`;

export const ADA = { person_id: 5, user_id: 'emp-7', name: 'Ada Lovelace' };
export const GRACE = { person_id: 6, user_id: 'emp-8', name: 'Grace Hopper' };

export const ADA_ARGS = { user_id: 'emp-7', user_name: 'Ada Lovelace', team: 'engines' };

export const POSITION = { top: 156, left: 282, bottom: 490, right: 540 };

export const QUALITY = {
  score: 0.81,
  size: 161.8,
  sharpness: 0.74,
  presence: 1,
  pose: { yaw: 8.5, pitch: 5.6, roll: -8 },
};

/** Position of a sample in the feed. */
export const FEED_NUMBER = 1777622400412;

/** The person Ada in full. */
export const ADA_IN_FULL = {
  ...ADA,
  notes: null,
  consent_given_at: '2026-05-01T07:55:00Z',
  consent_until: '2029-05-01T00:00:00Z',
  samples: 2,
  best_face_id: 17,
  groups: ['Engines'],
  created_at: '2026-05-01T08:00:00.412Z',
  updated_at: '2026-05-01T08:00:00.412Z',
};
