import { z } from 'zod';
import { distance, faceId, trust } from './fields';
import { operation } from './operation';
import { person } from './people';

const part = z.number().min(0).max(1);

const lost = z
  .int()
  .nonnegative()
  .meta({ description: 'Of the recent recognitions, those that this threshold would have refused.' });
const gained = z
  .int()
  .nonnegative()
  .meta({ description: 'Of the recent unknown faces, those that this threshold would have named.' });

const threshold = z
  .object({
    trust,
    strangers: part.nullable().meta({
      description:
        'Part of strangers who would be taken for somebody enrolled. Null where fewer than 20 people are enrolled.',
    }),
    seen: z.int().nonnegative().meta({
      description:
        'How many of `compared` were. Where it is under 10, `strangers` is an estimate from those who are nearly accepted.',
    }),
    lost,
    gained,
  })
  .meta({ id: 'AccuracyThreshold' });

const doubtful = z
  .object({
    person,
    looked_at: z.int().positive().meta({ description: 'How many of their samples were compared.' }),
    more_samples: z.int().nonnegative().meta({ description: 'How many more samples they should get.' }),
    disagreeing: z.array(faceId).meta({ description: "Samples that do not look like the person's others." }),
  })
  .meta({ id: 'DoubtfulPerson' });

const answer = z
  .object({
    people: z.int().nonnegative().meta({ description: 'How many people are enrolled.' }),
    compared: z.int().nonnegative().meta({
      description:
        'How many of them were taken as strangers to all the others, with one sample each: 1,000 at most, chosen at random.',
    }),
    single: z.int().nonnegative().meta({ description: 'How many of them have only one sample.' }),
    complete: z.boolean().meta({ description: 'Whether the comparison is finished. Call again until it is.' }),
    progress: part.meta({ description: 'How much of it is done.' }),
    match_trust: trust.meta({ description: 'The threshold in use.' }),
    now: threshold.meta({ description: 'What the threshold in use does.' }),
    thresholds: z.array(threshold).meta({ description: 'What other thresholds would do, the least first.' }),
    suggestions: z
      .array(
        z.object({
          one_in: z.int().positive().meta({ description: 'The risk: one of so many strangers is accepted.' }),
          trust: trust.nullable().meta({
            description: 'The least threshold with at most that risk. Null where none has, or nothing can be said.',
          }),
          lost,
          gained,
        }),
      )
      .meta({ description: 'Thresholds for a wanted risk.' }),
    closest: z
      .array(
        z.object({
          people: z.tuple([person, person]),
          face_ids: z.tuple([faceId, faceId]).meta({ description: 'The two samples, one of each.' }),
          trust,
          distance,
          likely_one: z.boolean().meta({
            description:
              'They are probably one person who was enrolled twice. Such a pair is left out of the rates until it is marked as different people.',
          }),
        }),
      )
      .meta({ description: 'The most alike pairs of different people.' }),
    doubtful: z.array(doubtful).meta({ description: 'People who need more samples, or whose samples disagree.' }),
    recent: z
      .object({
        days: z.int().positive(),
        known: z.int().nonnegative(),
        unknown: z.int().nonnegative(),
        whole: z.boolean().meta({ description: 'False: only the newest 20,000 of each kind were counted.' }),
      })
      .meta({ description: 'The recognitions that `lost` and `gained` are counted on.' }),
  })
  .meta({ id: 'AccuracyAnswer' });

export type AccuracyAnswer = z.infer<typeof answer>;

export const readAccuracy = operation({
  id: 'readAccuracy',
  method: 'get',
  path: '/api/accuracy',
  tag: 'Settings',
  summary: 'Read how well your own people are told apart',
  description:
    'Compares the enrolled people with each other, as if each were a stranger to the others. Each call works for half a second at most; call again until `complete` is true; before that only `progress` says anything. A finished comparison is kept until people or samples change.',
  scope: 'admin',
  answer,
  errors: [],
});
