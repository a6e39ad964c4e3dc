// Requests and answers of the API, as they are sent. Checked against the contract
// (lib/shared/contract/sdkTypes.test.ts).

/** A picture: an http(s) or `data:` URL, or the bytes of the file. */
export type Picture = string | Blob | Uint8Array;

/** In whole pixels of the picture, after its EXIF orientation was applied. */
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

/** Properties that decide whether a face can be recognised later. */
export interface Quality {
  /** 0 (useless) to 1 (best). */
  score: number;
  /** Distance between the outer eye corners, in pixels. */
  size: number;
  /** 0 (blurred) to 1 (crisp). */
  sharpness: number;
  /** 0 to 1: how sure the face mesh is that it found a whole face. */
  presence: number;
  /** Direction of the head, in degrees. */
  pose: {
    /** Positive: to the picture's right. */
    yaw: number;
    /** Positive: up. */
    pitch: number;
    /** Positive: clockwise. */
    roll: number;
  };
}

/** Any data that the caller stores with a sample. `user_id` and `user_name` link it to a person. */
export type UniqueArgs = Record<string, unknown>;

/** The person a sample belongs to. */
export interface PersonSummary {
  person_id: number;
  /** The caller's own id for the person. */
  user_id: string | null;
  name: string | null;
}

/** A known person who looks similar. Lists have one entry per person, nearest first. */
export interface Candidate {
  face_id: number;
  person: PersonSummary | null;
  /** 0 to 100; docs/accuracy.md says how often strangers and the right people reach it. */
  trust: number;
  /** Distance of the encodings, as `normalisedDistance` measures it. */
  distance: number;
}

/** Options of enrolment: the person, and which face of the picture. */
export interface EnrolOptions {
  unique_args?: UniqueArgs;
  person_id?: number;
  /** Names of groups that the person is added to. Those that do not exist are created. */
  groups?: string[];
  /** `single` (default) refuses a picture with several faces, `largest` takes the largest. */
  select?: 'single' | 'largest';
  /** Enrols the face at this position. */
  position?: Position;
  /**
   * If the face matches another enrolled person: `keep` (default) lists them in `similar`, `refuse` rejects with error
   * 1300.
   */
  if_known?: 'keep' | 'refuse';
}

/** An enrolled face. */
export interface EnrolledFace {
  face_id: number;
  /** Base64; `encodingFromBase64` reads it. */
  face_encoding: string;
  position: Position;
  quality: Quality;
  person: PersonSummary | null;
  /** Other people whose faces match this one. */
  similar: Candidate[];
  /** True if the same picture of the same person was already there: `face_id` is that sample, and nothing was added. */
  duplicate: boolean;
  /** True if the face does not look like the person's other samples. It is enrolled anyway. */
  disagrees: boolean;
  /** How many more samples this person should get, because the model finds many people similar to this face. */
  more_samples: number;
}

/** A stored face. */
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

/** A face after its picture was replaced. */
export interface UpdatedFace {
  faces: { face_id: number; position: Position; quality: Quality; person: PersonSummary | null }[];
  face_encoding: string;
}

/** The person and the attributes of a face after a change. */
export interface ChangedFace {
  face_id: number;
  person: PersonSummary | null;
  unique_args: UniqueArgs;
}

/** Options of recognition. */
export interface MatchOptions {
  /** Maximum number of candidates per face, 0 to 100; default 5. */
  limit?: number;
  /** Minimum trust for a face to count as recognised, 0 to 100; default: the server's setting. */
  min_trust?: number;
  /** Names of groups: only people in at least one of them are searched. */
  groups?: string[];
  /** Stores an event for each face. The key also needs the scope `events:write`. */
  record?: boolean;
  /** With `record`: the origin of the picture, such as the name of a camera. */
  source?: string;
}

/** A face in a picture, with its candidates. */
export interface MatchedFace {
  /** `null`: not recognised. */
  face_id: number | null;
  /** Trust in the nearest candidate, recognised or not: 0 to 100; 0 if there is none. */
  trust: number;
  unique_args: UniqueArgs | null;
  person: PersonSummary | null;
  /**
   * True if a nearer face in the picture is the same person, such as in a mirror or on a poster. `face_id` is then
   * `null`.
   */
  also: boolean;
  position: Position;
  candidates: Candidate[];
  /** With `record`: the event of this face; `null` if `also` is true, or if the person was erased. */
  event_id?: string | null | undefined;
}

/** A face in a picture, with all the data used to compare it. */
export interface DetectedFace {
  face_id: number | null;
  face_encoding: string;
  position: Position;
  /** 468 points of the face mesh, [x, y] in pixels. */
  landmarks: [number, number][];
  quality: Quality;
}

/** The other side of a comparison: a picture, a stored face, or a person. */
export type VerifyAgainst = ({ picture: Picture } | { face_id: number } | { person_id: number }) & {
  /** Minimum trust for "same person", 0 to 100; default: the server's setting. */
  min_trust?: number;
};

/** Result of a comparison of two faces. */
export interface Verification {
  match: boolean;
  /** 0 to 100; docs/accuracy.md says how often strangers and the right people reach it. */
  trust: number;
  /** Distance of the encodings, as `normalisedDistance` measures it. */
  distance: number;
}

/** Filters and order of a list of faces. */
export interface ListFacesOptions {
  /** `next_cursor` of the previous page. */
  cursor?: string;
  /** 1 to 200; default 50. */
  limit?: number;
  person_id?: number;
  unassigned?: boolean;
  quality?: 'good' | 'fair' | 'poor';
  order?: 'newest' | 'oldest' | 'best' | 'worst';
  /** Words in the attributes, or in the person's name or user_id. */
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
  /** URL of the picture; `null` for files and `data:` URLs. */
  source_url: string | null;
  /** RFC 3339. */
  created_at: string;
  /** The sample's number in the change feed: Unix milliseconds, strictly increasing. */
  updated_at: number;
}

/** A person that faces belong to. Times are RFC 3339. */
export interface Person {
  person_id: number;
  user_id: string | null;
  name: string | null;
  notes: string | null;
  consent_given_at: string | null;
  consent_until: string | null;
  /** Number of the person's samples. */
  samples: number;
  best_face_id: number | null;
  /** Names of the person's groups. */
  groups: string[];
  created_at: string;
  updated_at: string;
}

/** Fields of a person that can be set. */
export interface PersonChange {
  user_id?: string | null;
  name?: string | null;
  notes?: string | null;
  /** RFC 3339. */
  consent_given_at?: string | null;
  consent_until?: string | null;
  /** Names of all groups that the person is in. Those that do not exist are created. */
  groups?: string[];
}

/** Answer of `people.delete`. */
export interface ErasedPerson {
  /** Number of samples erased with the person. */
  deleted_faces: number;
}

/** A group of people. Times are RFC 3339. */
export interface Group {
  group_id: number;
  name: string;
  /** `#rrggbb`. */
  colour: string | null;
  note: string | null;
  /** Number of people in it. */
  people: number;
  created_at: string;
  updated_at: string;
}

/** Fields of a group that can be set. */
export interface GroupChange {
  name?: string;
  /** `#rrggbb`. */
  colour?: string | null;
  note?: string | null;
}

/** People who join or leave a group: up to 1,000 by their ids, or all people in a list. */
export type MemberChange = { member: boolean } & (
  | { person_ids: number[] }
  | { matching: { q?: string; group_id?: number } }
);

/** A group after people joined or left it. */
export interface ChangedMembers extends Group {
  /** Number of people who joined or left. */
  changed: number;
}

/** Two people to merge. */
export interface Merging {
  /** `person_id` of the person that is deleted. */
  from: number;
  /** `person_id` of the person that stays. */
  into: number;
}

/** Filters and order of a list of people. */
export interface ListPeopleOptions {
  /** `next_cursor` of the previous page. */
  cursor?: string;
  /** 1 to 200; default 50. */
  limit?: number;
  order?: 'newest' | 'name';
  q?: string;
  /** Only people in this group. */
  group_id?: number;
}

/** Result of the device's liveness check; `off`: not checked. */
export type Liveness = 'off' | 'passed' | 'failed';

/** A recognition made by a device. */
export interface NewEvent {
  /** A UUID made by the device. The server stores each id once. */
  id: string;
  /** RFC 3339, from the device's clock. */
  at: string;
  /** `null`: not recognised. */
  face_id?: number | null;
  person_id?: number | null;
  /** 0 to 100. */
  trust: number;
  liveness?: Liveness;
  /** `lineage` of the feed position that `face_id` and the ids of the candidates belong to. */
  lineage?: string;
  /** Where the face was seen, such as the name of a camera. */
  source?: string;
  /** Possible people, one sample per person, nearest first; at most 3. `distance` is normalised. */
  candidates?: {
    face_id: number;
    /** 0 to 100. */
    trust: number;
    /** As `normalisedDistance` measures it, 0 or more; absent or null: unknown. */
    distance?: number | null;
  }[];
}

/** Result of sending events. */
export interface RecordedEvents {
  /** Number of events stored now. */
  accepted: number;
  /** Number of events that were already stored. */
  duplicates: number;
  /** Events that will never be accepted. */
  rejected: { id: string; reason: string }[];
}

/** Filters and order of a list of events. */
export interface ListEventsOptions {
  person_id?: number;
  device_id?: number;
  /** `true`: recognised people only; `false`: unknown faces only. */
  known?: boolean;
  /** `true`: corrected events only; `false`: other events only. */
  corrected?: boolean;
  /** Events from this time on, and before that one; RFC 3339. */
  from?: string;
  to?: string;
  /** `next_cursor` of the previous page. */
  cursor?: string;
  /** 1 to 200; default 50. */
  limit?: number;
}

/** A stored recognition. Times are RFC 3339. `at` is from the device's clock, corrected by the server's. */
export interface RecordedEvent {
  id: string;
  at: string;
  received_at: string;
  device: { device_id: number; name: string } | null;
  /** Origin of the picture, as the sender named it. */
  source: string | null;
  person: PersonSummary | null;
  face_id: number | null;
  /** 0 to 100. */
  trust: number;
  liveness: Liveness;
  /**
   * True if `at` was limited, because the device's clock was later than receipt, or earlier than the device's creation.
   */
  clock: boolean;
  /** True if somebody changed whom it shows. `trust` stays as the device sent it. */
  corrected: boolean;
}

/** Whom a recognition shows. `person` is also null for an unassigned sample and for an erased person. */
export interface Shown {
  known: boolean;
  person: PersonSummary | null;
  face_id: number | null;
}

/** A correction of a recognition. */
export interface EventCorrection {
  correction_id: number;
  at: string;
  by: { kind: 'user' | 'key' | 'device' | 'system'; name: string };
  /** True if it confirms the recognition and changes nothing. */
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
    /** As `normalisedDistance` measures it, 0 or more; null if the device did not send it. */
    distance: number | null;
  }[];
  corrections: EventCorrection[];
}

/** A device that waits for pairing. */
export interface CreatedDevice {
  device_id: number;
  pairing_code: string;
  /** To be opened on the phone; displayed as a QR code. */
  pairing_url: string;
  expires_at: string;
}

/** Permission of a key. */
export type Scope = 'faces:read' | 'faces:write' | 'faces:enrol' | 'match' | 'sync' | 'events:write' | 'admin';

/** Settings of a device. */
export interface DeviceSettings {
  device_id: number;
  name: string;
  scopes: Scope[];
  liveness: LivenessMode;
  /** Minimum trust for a face to count as recognised, 0 to 100. */
  match_trust: number;
  /**
   * Version of the function from encodings to trust. A device with a lower version must be updated before it names
   * anybody.
   */
  matching: number;
  /** Seconds between two syncs while the app is open. */
  sync_seconds: number;
  model: string;
  /**
   * Names of the groups that the device is limited to; `null`: not limited. If they change, read the feed from the
   * start.
   */
  groups: string[] | null;
  /** Their ids in the same order, which stay the same if a group is renamed; `null`: not limited. */
  group_ids: number[] | null;
}

/** A newly paired device with its token. */
export interface PairedDevice extends DeviceSettings {
  /** Shown only once. */
  token: string;
}

/** State of a device. */
export interface DeviceState {
  /** The feed number the device has caught up to. */
  gallery_version: number;
  /** Number of samples on the device. */
  gallery_faces: number;
  /** Number of recognitions not yet sent. */
  waiting_events: number;
  app_version?: string;
  /** Version of the function from encodings to trust: `MATCHING_VERSION` of this SDK. Default 1, the plain distance. */
  matching?: number;
  /** Whether it reads the feed from the start when its groups change. */
  knows_groups?: boolean;
}

/** How a device checks liveness: not at all, by waiting for a natural movement, or by asking for one. */
export type LivenessMode = 'off' | 'passive' | 'challenge';

/**
 * A device as an administrator sees it. Times are RFC 3339. The state it reports is `null` before its first contact.
 */
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
  /** Number of samples on the device. */
  gallery_faces: number | null;
  /** Number of recognitions it had not sent. */
  waiting_events: number | null;
  app_version: string | null;
}
