import type * as sdk from '@kith/sdk';
import { expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type * as devices from './devices';
import type * as events from './events';
import type * as faces from './faces';
import type { failure } from './failure';
import type { syncFaces } from './feed';
import type * as gallery from './gallery';
import type { AnswerOf, Operation } from './operation';
import type * as people from './people';

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
  expectTypeOf<sdk.RecordedEvents>().toEqualTypeOf<Answer<typeof events.recordEvents>>();
  expectTypeOf<{ events: sdk.RecordedEvent[]; next_cursor: string | null }>().toEqualTypeOf<
    Answer<typeof events.listEvents>
  >();
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
  expectTypeOf<sdk.ListPeopleOptions>().toExtend<Query<typeof people.listPeople>>();
  expectTypeOf<{ events: sdk.NewEvent[] }>().toExtend<Body<typeof events.recordEvents>>();
  // The query string carries `known` as text.
  expectTypeOf<Omit<sdk.ListEventsOptions, 'known'>>().toExtend<Query<typeof events.listEvents>>();
  expectTypeOf<sdk.DeviceState>().toExtend<Body<typeof devices.contactDevice>>();
});
