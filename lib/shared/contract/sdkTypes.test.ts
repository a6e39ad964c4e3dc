import { readFile } from 'node:fs/promises';
import type * as sdk from '@kith/sdk';
import { expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type * as devices from './devices';
import type * as events from './events';
import * as eventCalls from './events';
import type * as faces from './faces';
import * as faceCalls from './faces';
import type { failure } from './failure';
import type { syncFaces } from './feed';
import type * as gallery from './gallery';
import type * as groups from './groups';
import type { AnswerOf, Operation } from './operation';
import type * as people from './people';
import * as peopleCalls from './people';

/** What a client reads. */
type Answer<O extends Operation> = z.output<O['answer']>;
/** What a client may send: a body's or a query's fields. */
type Body<O extends Operation> = z.input<NonNullable<O['body']>>;
type Query<O extends Operation> = z.input<NonNullable<O['query']>>;

/* These hold or fail when types are checked (`tsc`); at run time they do nothing. */
test('the SDK answers what the contract says', () => {
  expectTypeOf<sdk.EnrolledFace>().toEqualTypeOf<Answer<typeof faces.enrolFace>>();
  expectTypeOf<sdk.StoredFace>().toEqualTypeOf<Answer<typeof faces.readFace>>();
  expectTypeOf<sdk.UpdatedFace>().toEqualTypeOf<Answer<typeof faces.updateFace>>();
  expectTypeOf<sdk.ChangedFace>().toEqualTypeOf<Answer<typeof gallery.changeFace>>();
  expectTypeOf<{ faces: sdk.MatchedFace[] }>().toEqualTypeOf<Answer<typeof faces.matchFaces>>();
  expectTypeOf<{ faces: sdk.DetectedFace[] }>().toEqualTypeOf<Answer<typeof faces.detectFaces>>();
  expectTypeOf<sdk.Verification>().toEqualTypeOf<Answer<typeof faces.verifyFace>>();
  expectTypeOf<{ faces: sdk.ListedFace[]; next_cursor: string | null }>().toEqualTypeOf<
    Answer<typeof faces.listFaces>
  >();
  expectTypeOf<{ people: sdk.Person[]; next_cursor: string | null }>().toEqualTypeOf<
    Answer<typeof people.listPeople>
  >();
  expectTypeOf<sdk.Person>().toEqualTypeOf<Answer<typeof people.createPerson>>();
  expectTypeOf<sdk.Person>().toEqualTypeOf<Answer<typeof people.readPerson>>();
  expectTypeOf<sdk.Person>().toEqualTypeOf<Answer<typeof people.updatePerson>>();
  expectTypeOf<sdk.Person>().toEqualTypeOf<Answer<typeof people.mergePeople>>();
  expectTypeOf<{ deleted_faces: number }>().toEqualTypeOf<Answer<typeof people.deletePerson>>();
  expectTypeOf<{ groups: sdk.Group[] }>().toEqualTypeOf<Answer<typeof groups.listGroups>>();
  expectTypeOf<sdk.ChangedMembers>().toExtend<Answer<typeof groups.changeMembers>>();
  expectTypeOf<sdk.RecordedEvents>().toEqualTypeOf<Answer<typeof events.recordEvents>>();
  expectTypeOf<{ events: sdk.RecordedEvent[]; next_cursor: string | null }>().toEqualTypeOf<
    Answer<typeof events.listEvents>
  >();
  expectTypeOf<sdk.EventDetails>().toEqualTypeOf<Answer<typeof events.readEvent>>();
  expectTypeOf<sdk.EventDetails>().toEqualTypeOf<Answer<typeof events.correctEvent>>();
  expectTypeOf<sdk.EventDetails>().toEqualTypeOf<Answer<typeof events.takeBackCorrection>>();
  expectTypeOf<{ devices: sdk.Device[] }>().toEqualTypeOf<Answer<typeof devices.listDevices>>();
  expectTypeOf<sdk.CreatedDevice>().toEqualTypeOf<Answer<typeof devices.createDevice>>();
  expectTypeOf<sdk.PairedDevice>().toEqualTypeOf<Answer<typeof devices.pairDevice>>();
  expectTypeOf<sdk.DeviceSettings>().toEqualTypeOf<Answer<typeof devices.contactDevice>>();
  expectTypeOf<sdk.Device>().toEqualTypeOf<Answer<typeof devices.changeDevice>>();
  expectTypeOf<sdk.FeedPageJson>().toEqualTypeOf<AnswerOf<typeof syncFaces>>();
  expectTypeOf<sdk.FailureBody>().toExtend<z.output<typeof failure>>();
});

test('the SDK sends what the contract takes', () => {
  expectTypeOf<sdk.EnrolOptions>().toExtend<Body<typeof faces.enrolFace>>();
  expectTypeOf<sdk.MatchOptions>().toExtend<Body<typeof faces.matchFaces>>();
  expectTypeOf<Omit<sdk.VerifyAgainst, 'picture'>>().toExtend<Body<typeof faces.verifyFace>>();
  expectTypeOf<sdk.ListFacesOptions>().toExtend<Query<typeof faces.listFaces>>();
  expectTypeOf<sdk.PersonChange>().toExtend<Body<typeof people.updatePerson>>();
  expectTypeOf<sdk.GroupChange>().toExtend<Body<typeof groups.changeGroup>>();
  expectTypeOf<sdk.MemberChange>().toExtend<Body<typeof groups.changeMembers>>();
  expectTypeOf<sdk.ListPeopleOptions>().toExtend<Query<typeof people.listPeople>>();
  expectTypeOf<{ events: sdk.NewEvent[] }>().toExtend<Body<typeof events.recordEvents>>();
  // The query string carries `known` as text.
  expectTypeOf<Omit<sdk.ListEventsOptions, 'known' | 'corrected'>>().toExtend<Query<typeof events.listEvents>>();
  expectTypeOf<sdk.DeviceState>().toExtend<Body<typeof devices.contactDevice>>();
});

test('the SDK says the ranges that the contract has', async () => {
  const text = await readFile('sdk/src/client/types.ts', 'utf8');
  const said = (name: string) =>
    new RegExp(`export interface ${name} \\{[^}]*?(\\d+) to (\\d+); default (\\d+)\\. \\*/\\s*limit`)
      .exec(text)
      ?.slice(1)
      .map(Number);
  const bodies = { MatchOptions: faceCalls.matchFaces };
  for (const [name, { body }] of Object.entries(bodies)) expect(said(name)).toEqual(range(body?.shape.limit));
  const queries = {
    ListFacesOptions: faceCalls.listFaces,
    ListPeopleOptions: peopleCalls.listPeople,
    ListEventsOptions: eventCalls.listEvents,
  };
  for (const [name, { query }] of Object.entries(queries)) expect(said(name)).toEqual(range(query?.shape.limit));
});

/** Least, most and default of a whole number, as the contract tries them. */
function range(schema: z.ZodType | undefined): number[] {
  if (!schema) throw new Error('the contract has no limit there');
  const taken = (value: number) => schema.safeParse(value).success;
  const least = [0, 1].find(taken) ?? Number.NaN;
  let most = least;
  while (taken(most + 1) && most < 10_000) most++;
  return [least, most, Number(schema.parse(undefined))];
}
