// What the API takes and answers, as it stands on the wire. Checked against the contract (lib/shared/contract/sdkTypes.test.ts).

/** A picture: an http(s) or `data:` URL, or the bytes of the file. */
export type Picture = string | Blob | Uint8Array;

/** Whole pixels of the picture as a person sees it (EXIF orientation applied). */
export interface Position {
  /** Upper edge, pixels from the picture's top. */
  top: number;
  /** Left edge, pixels from the picture's left. */
  left: number;
  /** Lower edge, pixels from the picture's top. */
  bottom: number;
  /** Right edge, pixels from the picture's left. */
  right: number;
}

/** What decides whether a face can be recognised later. */
export interface Quality {
  /** 0 (useless) to 1 (as good as it gets). */
  score: number;
  /** Distance between the outer eye corners, in pixels. */
  size: number;
  /** 0 (a blur) to 1 (crisp). */
  sharpness: number;
  /** 0 to 1: how sure the face mesh is that it lies on a whole face. */
  presence: number;
  /** Where the head looks, in degrees. */
  pose: {
    /** Positive looks to the picture's right. */
    yaw: number;
    /** Positive looks up. */
    pitch: number;
    /** Positive leans clockwise. */
    roll: number;
  };
}

/** Whatever the caller keeps with a sample; `user_id` and `user_name` tie it to a person. */
export type UniqueArgs = Record<string, unknown>;

/** The person a sample belongs to. */
export interface PersonSummary {
  person_id: number;
  /** The caller's own id of the person. */
  user_id: string | null;
  name: string | null;
}

/** Somebody known who looks alike; lists of them have one entry a person, nearest first. */
export interface Candidate {
  face_id: number;
  person: PersonSummary | null;
  /** 0 to 100; docs/accuracy.md says how often strangers and the right people reach it. */
  trust: number;
  /** Distance of the encodings as `normalisedDistance` measures it. */
  distance: number;
}

/** Whose a face is, and which face of the picture. */
export interface EnrolOptions {
  unique_args?: UniqueArgs;
  person_id?: number;
  /** Names of groups that the person is added to. Those that do not exist are created. */
  groups?: string[];
  /** `single` (default) refuses a picture with several faces, `largest` takes the largest. */
  select?: 'single' | 'largest';
  /** Takes the face at this place. */
  position?: Position;
  /** A face that matches somebody else who is enrolled: `keep` (default) tells in `similar`, `refuse` throws 1300. */
  if_known?: 'keep' | 'refuse';
}

/** A face that was kept. */
export interface EnrolledFace {
  face_id: number;
  /** Base64; `encodingFromBase64` reads it. */
  face_encoding: string;
  position: Position;
  quality: Quality;
  person: PersonSummary | null;
  /** Faces of other people that match this one. */
  similar: Candidate[];
  /** The same picture of the same person was there already: `face_id` is that sample, and nothing was added. */
  duplicate: boolean;
  /** The face does not look like the person's other samples. It is enrolled all the same. */
  disagrees: boolean;
  /** How many more samples this person should get, because many people look alike to the model there. */
  more_samples: number;
}

/** A face as it is stored. */
export interface StoredFace {
  face_id: number;
  face_encoding: string;
  unique_args: UniqueArgs;
  person: PersonSummary | null;
  /** RFC 3339. */
  created_at: string;
  /** The sample's number in the change feed. */
  updated_at: number;
}

/** A face with its new picture. */
export interface UpdatedFace {
  faces: { face_id: number; position: Position; quality: Quality; person: PersonSummary | null }[];
  face_encoding: string;
}

/** Whose a face is now, and its attributes. */
export interface ChangedFace {
  face_id: number;
  person: PersonSummary | null;
  unique_args: UniqueArgs;
}

/** How faces are recognised. */
export interface MatchOptions {
  /** Candidates for each face, 0 to 100; default 5. */
  limit?: number;
  /** Trust from which a face counts as recognised, 0 to 100; default the server's. */
  min_trust?: number;
  /** Names of groups: only people in at least one of them are searched. */
  groups?: string[];
  /** Stores an event for each face. The key also needs the scope `events:write`. */
  record?: boolean;
  /** With `record`: where the picture is from, such as the name of a camera. */
  source?: string;
}

/** A face of a picture, and who it is. */
export interface MatchedFace {
  /** `null`: nobody is recognised. */
  face_id: number | null;
  /** Trust in the nearest candidate, recognised or not: 0 to 100, 0 where there is none. */
  trust: number;
  unique_args: UniqueArgs | null;
  person: PersonSummary | null;
  /** A nearer face of the picture is the same person, so `face_id` is `null`: a mirror, a poster, or somebody alike. */
  also: boolean;
  position: Position;
  candidates: Candidate[];
  /** With `record`: the event of this face; `null` if `also` is true, or if the person is erased. */
  event_id?: string | null | undefined;
}

/** A face of a picture, with everything by which it is compared. */
export interface DetectedFace {
  face_id: number | null;
  face_encoding: string;
  position: Position;
  /** 468 points of the face mesh, [x, y] in pixels. */
  landmarks: [number, number][];
  quality: Quality;
}

/** What a picture is compared with: another picture, a stored face, or a person. */
export type VerifyAgainst = ({ picture: Picture } | { face_id: number } | { person_id: number }) & {
  /** Trust from which it is the same person, 0 to 100; default the server's. */
  min_trust?: number;
};

/** Whether two faces are one person's. */
export interface Verification {
  match: boolean;
  /** 0 to 100; docs/accuracy.md says how often strangers and the right people reach it. */
  trust: number;
  /** Distance of the encodings as `normalisedDistance` measures it. */
  distance: number;
}

/** Which stored faces, in which order. */
export interface ListFacesOptions {
  /** The `next_cursor` of the page before. */
  cursor?: string;
  /** 1 to 200; default 50. */
  limit?: number;
  person_id?: number;
  unassigned?: boolean;
  quality?: 'good' | 'fair' | 'poor';
  order?: 'newest' | 'oldest' | 'best' | 'worst';
  /** Words of the attributes, or of the person's name and user_id. */
  q?: string;
  /** `name=value` of `unique_args`. */
  attribute?: string;
}

/** A stored face without its encoding. */
export interface ListedFace {
  face_id: number;
  unique_args: UniqueArgs;
  person: PersonSummary | null;
  quality: Quality;
  position: Position;
  /** Where the picture came from; `null` for files and `data:` URLs. */
  source_url: string | null;
  /** RFC 3339. */
  created_at: string;
  /** The sample's number in the change feed: Unix milliseconds, strictly increasing. */
  updated_at: number;
}

/** Somebody whom faces belong to. Times are RFC 3339. */
export interface Person {
  person_id: number;
  user_id: string | null;
  name: string | null;
  notes: string | null;
  consent_given_at: string | null;
  consent_until: string | null;
  /** How many samples the person has. */
  samples: number;
  best_face_id: number | null;
  /** Names of the person's groups. */
  groups: string[];
  created_at: string;
  updated_at: string;
}

/** What can be said of a person. */
export interface PersonChange {
  user_id?: string | null;
  name?: string | null;
  notes?: string | null;
  /** RFC 3339. */
  consent_given_at?: string | null;
  consent_until?: string | null;
  /** Names of all the groups the person is in. Those that do not exist are created. */
  groups?: string[];
}

/** What `people.delete` answers. */
export interface ErasedPerson {
  /** How many samples went with the person. */
  deleted_faces: number;
}

/** People who belong together. Times are RFC 3339. */
export interface Group {
  group_id: number;
  name: string;
  /** `#rrggbb`. */
  colour: string | null;
  note: string | null;
  /** How many people are in it. */
  people: number;
  created_at: string;
  updated_at: string;
}

/** What can be said of a group. */
export interface GroupChange {
  name?: string;
  /** `#rrggbb`. */
  colour?: string | null;
  note?: string | null;
}

/** Which people join a group, or leave it: up to 1,000 by their ids, or all that a list of people has. */
export type MemberChange = { member: boolean } & (
  | { person_ids: number[] }
  | { matching: { q?: string; group_id?: number } }
);

/** A group after people joined or left. */
export interface ChangedMembers extends Group {
  /** How many people joined, or left. */
  changed: number;
}

/** Two people who are one. */
export interface Merging {
  /** `person_id` of the one that is gone afterwards. */
  from: number;
  /** `person_id` of the one that stays. */
  into: number;
}

/** Which people, in which order. */
export interface ListPeopleOptions {
  /** The `next_cursor` of the page before. */
  cursor?: string;
  /** 1 to 200; default 50. */
  limit?: number;
  order?: 'newest' | 'name';
  q?: string;
  /** Only people in this group. */
  group_id?: number;
}

/** Whether a face was alive: not asked, or what the device's check said. */
export type Liveness = 'off' | 'passed' | 'failed';

/** A recognition made on a device. */
export interface NewEvent {
  /** A UUID made on the device; the server keeps each once. */
  id: string;
  /** RFC 3339, by the device's clock. */
  at: string;
  /** `null`: nobody known. */
  face_id?: number | null;
  person_id?: number | null;
  /** 0 to 100. */
  trust: number;
  liveness?: Liveness;
  /** `lineage` of the feed position that both ids are from. */
  lineage?: string;
  /** Where the face was seen, such as the name of a camera. */
  source?: string;
  /** Who it may be, one sample a person, nearest first; at most 3. `distance` is normalised. */
  candidates?: {
    face_id: number;
    /** 0 to 100. */
    trust: number;
    /** As `normalisedDistance` measures it, 0 or more; absent or null: not known. */
    distance?: number | null;
  }[];
}

/** What became of events that were handed in. */
export interface RecordedEvents {
  /** Kept now. */
  accepted: number;
  /** Were already there. */
  duplicates: number;
  /** Will never be taken. */
  rejected: { id: string; reason: string }[];
}

/** Which recognitions. */
export interface ListEventsOptions {
  person_id?: number;
  device_id?: number;
  /** `true`: recognised people only; `false`: unknown faces only. */
  known?: boolean;
  /** `true`: corrected ones only; `false`: others only. */
  corrected?: boolean;
  /** From this instant on, and before that one; RFC 3339. */
  from?: string;
  to?: string;
  /** The `next_cursor` of the page before. */
  cursor?: string;
  /** 1 to 200; default 50. */
  limit?: number;
}

/** A recognition as it is kept. Times are RFC 3339, `at` by the device's clock set right by the server's. */
export interface RecordedEvent {
  id: string;
  at: string;
  received_at: string;
  device: { device_id: number; name: string } | null;
  /** Where the face was seen, as the sender named it. */
  source: string | null;
  person: PersonSummary | null;
  face_id: number | null;
  /** 0 to 100. */
  trust: number;
  liveness: Liveness;
  /** The device's clock said a time after receipt, or before the device existed: `at` was bounded. */
  clock: boolean;
  /** Somebody changed whom it shows; `trust` stays what the device said. */
  corrected: boolean;
}

/** Whom a recognition shows. `person` is also null for a sample of nobody, and for somebody erased. */
export interface Shown {
  known: boolean;
  person: PersonSummary | null;
  face_id: number | null;
}

/** What somebody said of a recognition. */
export interface EventCorrection {
  correction_id: number;
  at: string;
  by: { kind: 'user' | 'key' | 'device' | 'system'; name: string };
  /** It says that the recognition is right, and changes nothing. */
  confirms: boolean;
  was: Shown;
  is: Shown;
  taken_back_at: string | null;
  taken_back_by: string | null;
}

/** A recognition with its candidates, nearest first, and its corrections, oldest first. */
export interface EventDetails extends RecordedEvent {
  device_at: string;
  best_face_id: number | null;
  candidates: {
    face_id: number;
    person: PersonSummary | null;
    best_face_id: number | null;
    /** 0 to 100. */
    trust: number;
    /** As `normalisedDistance` measures it, 0 or more; null where the device did not say. */
    distance: number | null;
  }[];
  corrections: EventCorrection[];
}

/** A device that waits to be paired. */
export interface CreatedDevice {
  device_id: number;
  pairing_code: string;
  /** To be opened on the phone; shown as a QR code. */
  pairing_url: string;
  expires_at: string;
}

/** What a key may do. */
export type Scope = 'faces:read' | 'faces:write' | 'faces:enrol' | 'match' | 'sync' | 'events:write' | 'admin';

/** How a device is to work. */
export interface DeviceSettings {
  device_id: number;
  name: string;
  scopes: Scope[];
  liveness: LivenessMode;
  /** Trust from which a face counts as recognised, 0 to 100. */
  match_trust: number;
  /** Version of the function from encodings to trust. A device with a lower one must be updated before it names anybody. */
  matching: number;
  /** How often to ask for changes while open, in seconds. */
  sync_seconds: number;
  model: string;
  /** Names of the groups that the device is limited to; `null`: not limited. When they change, read the feed from the start. */
  groups: string[] | null;
  /** Their ids, in the same order, which stay when a group is renamed; `null`: not limited. */
  group_ids: number[] | null;
}

/** A device that was paired just now, with its token. */
export interface PairedDevice extends DeviceSettings {
  /** Never shown again. */
  token: string;
}

/** How a device is. */
export interface DeviceState {
  /** The feed number the device has caught up to. */
  gallery_version: number;
  /** Samples it keeps. */
  gallery_faces: number;
  /** Recognitions it has not handed in yet. */
  waiting_events: number;
  app_version?: string;
  /** Version of the function from encodings to trust: `MATCHING_VERSION` of this SDK. Default 1, the plain distance. */
  matching?: number;
  /** Whether it reads the feed from the start when the groups that it is limited to change. */
  knows_groups?: boolean;
}

/** How a device checks that a face is alive: not at all, by waiting for a natural movement, or by asking for one. */
export type LivenessMode = 'off' | 'passive' | 'challenge';

/** A device as an administrator sees it. Times are RFC 3339; what it told last is `null` before its first contact. */
export interface Device {
  device_id: number;
  name: string;
  allow_enrolment: boolean;
  liveness: LivenessMode;
  /** The groups it is limited to; `null`: not limited. */
  groups: { group_id: number; name: string }[] | null;
  status: 'pairing' | 'expired' | 'paired' | 'revoked';
  created_at: string;
  paired_at: string | null;
  revoked_at: string | null;
  last_contact_at: string | null;
  /** The feed number it had caught up to. */
  gallery_version: number | null;
  /** Samples it kept. */
  gallery_faces: number | null;
  /** Recognitions it had not handed in. */
  waiting_events: number | null;
  app_version: string | null;
}
