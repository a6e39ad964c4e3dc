// Made by `npm run sdk:calls` from the contract of the API. Do not edit.
export type EnrolledFace = {
  face_id: number;
  face_encoding: FaceEncoding;
  position: Position;
  quality: Quality;
  person: PersonSummary | null;
  /** Faces of other people that match this one, nearest first. With `faces:enrol`, only those that the same credentials added. */
  similar: Array<Candidate>;
  /** Whether the same picture of the same person was enrolled before. `face_id` is then that sample, and nothing changed. */
  duplicate: boolean;
  /** Whether the face does not look like the person's other samples: fewer than half of them reach trust 5 with it. It is enrolled all the same. Check whom the picture shows. */
  disagrees: boolean;
  /** How many more samples this person should get, because many people look alike to the model there. 0 for most people. */
  more_samples: number;
};

export type FaceEncoding = string;

export type Position = {
  top: number;
  left: number;
  bottom: number;
  right: number;
};

export type Quality = {
  /** From 0 (useless) to 1 (best). */
  score: number;
  /** Distance between the outer eye corners in pixels. */
  size: number;
  /** From 0 (blurred) to 1 (sharp). */
  sharpness: number;
  /** How sure the face mesh is that it lies on a whole face. Low for a face that is covered or turned away. */
  presence: number;
  /** Degrees. Yaw: positive looks to the picture's right. Pitch: positive looks up. Roll: clockwise. */
  pose: {
    yaw: number;
    pitch: number;
    roll: number;
  };
};

export type PersonSummary = {
  person_id: number;
  /** The caller's own id of the person (`unique_args.user_id`). */
  user_id: string | null;
  name: string | null;
};

export type Candidate = {
  face_id: number;
  person: PersonSummary | null;
  /** How sure it is that both faces are one person, 0 to 100. At 50, 1 in 1,000 pairs of a mixed set of strangers is accepted. Within a group of people who look alike it is more: docs/accuracy.md has the rates for each group, and says what to do for children. */
  trust: number;
  /** Distance of the encodings, multiplied by how crowded the space of faces is around both, so that the same value means nearly the same risk for everybody. It is not the Euclidean distance of the encodings. `trust` follows it. */
  distance: number;
};

export type EnrolFaceRequest = {
  /** http(s) or `data:` URL of the picture. The spelling `image-url` is accepted too. */
  image_url?: string | undefined;
  /** An object, or its JSON text in forms; at most 8 KB. `user_id` and `user_name` assign the sample to a person. */
  unique_args?: { [name: string]: unknown } | string | undefined;
  /** The id of a person: a positive integer. */
  person_id?: number | string | undefined;
  /** Names of groups that the person is added to. Groups that do not exist are created, except by credentials that are limited to groups. These add a new person to all of their groups by default. */
  groups?: Array<string> | string | undefined;
  /** `single` refuses a picture with several faces. `largest` uses the largest face, unless it is blurred or at the edge, and a smaller one is not. */
  select?: 'single' | 'largest' | undefined;
  /** Chooses one of several faces: the one whose box overlaps this one most. */
  position?: Position | string | undefined;
  /** What to do with a face that matches somebody else who is enrolled. `keep` enrols it and lists the match in `similar`. `refuse` returns 1300. */
  if_known?: 'keep' | 'refuse' | undefined;
};

export type Failure = {
  /** Number of the kind of error. Its meaning never changes. */
  error_type: number;
  error_message: string;
  request_id: string;
  /** The invalid field of the request. */
  field?: string | undefined;
  /** Positions of the faces, if there are several. */
  positions?: Array<Position> | undefined;
  /** True if no face was found in a picture that is very dark. */
  dark?: boolean | undefined;
};

export type StoredFace = {
  face_id: number;
  face_encoding: FaceEncoding;
  unique_args: UniqueArgs;
  person: PersonSummary | null;
  created_at: string;
  /** The sample's number in the change feed. */
  updated_at: number;
};

export type UniqueArgs = { [name: string]: unknown };

export type UpdatedFace = {
  faces: Array<{
    face_id: number;
    position: Position;
    quality: Quality;
    person: PersonSummary | null;
  }>;
  face_encoding: FaceEncoding;
};

export type UpdateFaceRequest = {
  /** The id of a face sample: a positive integer. */
  face_id: number | string;
  /** http(s) or `data:` URL of the picture. The spelling `image-url` is accepted too. */
  image_url?: string | undefined;
  /** An object, or its JSON text in forms; at most 8 KB. `user_id` and `user_name` assign the sample to a person. */
  unique_args?: { [name: string]: unknown } | string | undefined;
  /** `single` refuses a picture with several faces. `largest` uses the largest face, unless it is blurred or at the edge, and a smaller one is not. */
  select?: 'single' | 'largest' | undefined;
  /** Chooses one of several faces: the one whose box overlaps this one most. */
  position?: Position | string | undefined;
};

export type Empty = Record<string, never>;

export type DeleteFaceRequest = {
  /** The id of a face sample: a positive integer. */
  face_id: number | string;
};

export type MatchFacesAnswer = {
  faces: Array<MatchedFace>;
};

export type MatchedFace = {
  /** The nearest sample, or null when nobody is recognised. */
  face_id: number | null;
  /** Trust in the nearest candidate, recognised or not; 0 when there is none. */
  trust: number;
  unique_args: UniqueArgs | null;
  person: PersonSummary | null;
  /** A nearer face of this picture is the same person, so this one is a mirror, a poster or somebody alike: `face_id` is null. */
  also: boolean;
  position: Position;
  candidates: Array<Candidate>;
  /** With `record`: the event of this face. Null if `also` is true, or if the person is erased. */
  event_id?: string | null | undefined;
};

export type MatchFacesRequest = {
  /** http(s) or `data:` URL of the picture. The spelling `image-url` is accepted too. */
  image_url?: string | undefined;
  /** Number of candidates for each face. */
  limit?: number | string | undefined;
  /** Trust from which a face counts as recognised. Default: the MATCH_TRUST of the server. */
  min_trust?: number | string | undefined;
  /** Searches only people in at least one of these groups. */
  groups?: Array<string> | string | undefined;
  /** Stores an event for each face, as if a device had reported it. This also needs the scope events:write. Default: false. */
  record?: boolean | 'true' | 'false' | undefined;
  /** With `record`: where the picture is from, such as a camera. */
  source?: string | undefined;
};

export type DetectFacesAnswer = {
  faces: Array<DetectedFace>;
};

export type DetectedFace = {
  face_id: number | null;
  face_encoding: FaceEncoding;
  position: Position;
  /** 468 points of the face mesh as [x, y] in pixels of the picture. */
  landmarks: Array<Array<number>>;
  quality: Quality;
};

export type DetectFacesRequest = {
  /** http(s) or `data:` URL of the picture. The spelling `image-url` is accepted too. */
  image_url?: string | undefined;
};

export type VerifyFaceAnswer = {
  match: boolean;
  /** How sure it is that both faces are one person, 0 to 100. At 50, 1 in 1,000 pairs of a mixed set of strangers is accepted. Within a group of people who look alike it is more: docs/accuracy.md has the rates for each group, and says what to do for children. */
  trust: number;
  /** Distance of the encodings, multiplied by how crowded the space of faces is around both, so that the same value means nearly the same risk for everybody. It is not the Euclidean distance of the encodings. `trust` follows it. */
  distance: number;
};

export type VerifyFaceRequest = {
  /** http(s) or `data:` URL of the picture. The spelling `image-url` is accepted too. */
  image_url?: string | undefined;
  /** http(s) or `data:` URL of the picture. The spelling `image-url` is accepted too. */
  image_url_2?: string | undefined;
  /** The id of a face sample: a positive integer. */
  face_id?: number | string | undefined;
  /** The id of a person: a positive integer. */
  person_id?: number | string | undefined;
  /** Trust from 0 to 100. */
  min_trust?: number | string | undefined;
};

export type FeedPage = {
  faces: Array<FeedFace>;
  deleted: Array<FeedTombstone>;
  /** The `last_updated_at` of the next call. */
  lastUpdatedAt: number;
  hasMore: boolean;
  /** The model of the encodings. Never compare encodings of different models. */
  model: string;
  reset: boolean;
  /** The history that ids and numbers belong to. `kith restore` begins another one. Send it with the next call. */
  lineage: string;
  /** All samples that the caller may see. */
  count?: number | undefined;
  /** Over id and number of all these samples, in any order. Two sums, each of seven hexadecimal digits. The first sums id · number modulo 67108859. The second sums the cube of (31 · id + number) modulo 67108837. A reader that gets another result reads everything again from 0. */
  checksum?: string | undefined;
};

export type FeedFace = {
  faceId: number;
  faceEncoding: FaceEncoding;
  updatedAt: number;
  uniqueArgs: UniqueArgs;
  personId: number | null;
  personName: string | null;
  /** Names of the person's groups. */
  groups: Array<string>;
};

export type FeedTombstone = {
  faceId: number;
  updatedAt: number;
};

export type ListFacesAnswer = {
  faces: Array<ListedFace>;
  next_cursor: string | null;
};

export type ListedFace = {
  face_id: number;
  unique_args: UniqueArgs;
  person: PersonSummary | null;
  quality: Quality;
  position: Position;
  source_url: string | null;
  created_at: string;
  updated_at: number;
};

export type ChangedFace = {
  face_id: number;
  person: PersonSummary | null;
  unique_args: UniqueArgs;
};

export type ChangeFaceRequest = {
  person_id?: number | string | null | undefined;
  /** An object, or its JSON text in forms; at most 8 KB. `user_id` and `user_name` assign the sample to a person. */
  unique_args?: { [name: string]: unknown } | string | undefined;
};

export type ReadPictureRequest = {
  /** http(s) or `data:` URL of the picture. The spelling `image-url` is accepted too. */
  image_url?: string | undefined;
};

export type ListPeopleAnswer = {
  people: Array<Person>;
  next_cursor: string | null;
};

export type Person = {
  person_id: number;
  user_id: string | null;
  name: string | null;
  notes: string | null;
  consent_given_at: string | null;
  consent_until: string | null;
  /** How many samples the person has. */
  samples: number;
  /** The sample with the best quality. */
  best_face_id: number | null;
  /** Names of the person's groups. */
  groups: Array<string>;
  created_at: string;
  updated_at: string;
};

export type CreatePersonRequest = {
  user_id?: string | null | undefined;
  name?: string | null | undefined;
  notes?: string | null | undefined;
  consent_given_at?: string | null | undefined;
  consent_until?: string | null | undefined;
  /** Names of all the groups the person is in. Groups that do not exist are created, except by credentials that are limited to groups, which change the membership in their own groups only. */
  groups?: Array<string> | string | undefined;
};

export type UpdatePersonRequest = {
  user_id?: string | null | undefined;
  name?: string | null | undefined;
  notes?: string | null | undefined;
  consent_given_at?: string | null | undefined;
  consent_until?: string | null | undefined;
  /** Names of all the groups the person is in. Groups that do not exist are created, except by credentials that are limited to groups, which change the membership in their own groups only. */
  groups?: Array<string> | string | undefined;
};

export type DeletePersonAnswer = {
  deleted_faces: number;
};

export type MergePeopleRequest = {
  /** The id of a person: a positive integer. */
  from: number | string;
  /** The id of a person: a positive integer. */
  into: number | string;
};

export type ListDuplicatesAnswer = {
  pairs: Array<{
    /** The person who was enrolled first comes first. */
    people: Array<Person>;
    /** The two samples, one of each. */
    face_ids: Array<number>;
    /** How sure it is that both faces are one person, 0 to 100. At 50, 1 in 1,000 pairs of a mixed set of strangers is accepted. Within a group of people who look alike it is more: docs/accuracy.md has the rates for each group, and says what to do for children. */
    trust: number;
    /** Distance of the encodings, multiplied by how crowded the space of faces is around both, so that the same value means nearly the same risk for everybody. It is not the Euclidean distance of the encodings. `trust` follows it. */
    distance: number;
  }>;
  complete: boolean;
};

export type MarkDistinctAnswer = Record<string, never>;

export type MarkDistinctRequest = {
  /** The id of a person: a positive integer. */
  person_id: number | string;
  /** The id of a person: a positive integer. */
  other_person_id: number | string;
};

export type ListGroupsAnswer = {
  groups: Array<Group>;
};

export type Group = {
  group_id: number;
  name: string;
  /** `#rrggbb`. */
  colour: string | null;
  note: string | null;
  /** How many people are in the group. */
  people: number;
  created_at: string;
  updated_at: string;
};

export type CreateGroupRequest = {
  /** The name of a group. Case and repeated spaces do not count. */
  name: string;
  colour?: string | null | undefined;
  note?: string | null | undefined;
};

export type ChangeGroupRequest = {
  /** The name of a group. Case and repeated spaces do not count. */
  name?: string | undefined;
  colour?: string | null | undefined;
  note?: string | null | undefined;
};

export type DeleteGroupAnswer = Record<string, never>;

export type ChangedMembers = {
  group_id: number;
  name: string;
  /** `#rrggbb`. */
  colour: string | null;
  note: string | null;
  /** How many people are in the group. */
  people: number;
  created_at: string;
  updated_at: string;
  /** How many people joined, or left. */
  changed: number;
};

export type ChangeMembersRequest = {
  /** `true`: they are in the group afterwards. `false`: they are not. */
  member: boolean;
  person_ids?: Array<number | string> | undefined;
  /** As in `GET /api/people`; `{}` is everybody. */
  matching?:
    | {
        q?: string | undefined;
        /** The id of a group: a positive integer. */
        group_id?: number | string | undefined;
      }
    | undefined;
};

export type ListReviewAnswer = {
  items: Array<ReviewItem>;
  complete: boolean;
};

export type ReviewItem = {
  kind: 'device' | 'outlier' | 'duplicate' | 'import' | 'consent_ending' | 'poor' | 'single' | 'consent_missing';
  /** What to send to keep it as it is. */
  subject: string;
  person: PersonSummary | null;
  /** Of a duplicate: the person who was enrolled later. */
  other_person: Person | null;
  face_ids: Array<number>;
  import_id: number | null;
  device_id: number | null;
  /** Of an import or a device. */
  name: string | null;
  /** When consent ends or ended, or the last contact of a device. */
  at: string | null;
  /** Trust between samples, quality from 0 to 1, or failed rows. */
  value: number | null;
  /** Of a device: it matches by an older rule than the server. */
  outdated: boolean;
};

export type KeepReviewItemAnswer = Record<string, never>;

export type KeepReviewItemRequest = {
  kind: 'device' | 'outlier' | 'duplicate' | 'import' | 'consent_ending' | 'poor' | 'single' | 'consent_missing';
  subject: string;
  keep?: boolean | undefined;
};

export type ListImportsAnswer = {
  imports: Array<Import>;
};

export type Import = {
  import_id: number;
  name: string;
  status: 'running' | 'paused' | 'cancelled' | 'done';
  created_at: string;
  finished_at: string | null;
  rows: number;
  waiting: number;
  enrolled: number;
  duplicates: number;
  failed: number;
  /** Averaged over the time it was running. */
  rows_per_second: number | null;
  seconds_left: number | null;
};

export type CreateImportRequest = {
  import_id?: number | string | undefined;
  name?: string | undefined;
  start?: boolean | undefined;
  /** What to do with a face that is beyond doubt not the person of the other samples: the row fails with 2010, or is enrolled. */
  if_different?: 'refuse' | 'keep' | undefined;
  rows: Array<{
    /** http(s) or `data:` URL of the picture. The spelling `image-url` is accepted too. */
    image_url: string;
    /** An object, or its JSON text in forms; at most 8 KB. `user_id` and `user_name` assign the sample to a person. */
    unique_args?: { [name: string]: unknown } | string | undefined;
    /** Names of groups. A form carries a JSON list, or one name. */
    groups?: Array<string> | string | undefined;
    /** Greater than that of any row before. Default: the next one. */
    row?: number | string | undefined;
  }>;
};

export type ReadImportAnswer = {
  import: Import;
  outcome: Array<ImportRow>;
};

export type ImportRow = {
  row: number;
  /** A URL, or the name of an uploaded picture. `erased` after its sample or person was erased. */
  source: string;
  unique_args: { [name: string]: Part0 };
  /** Names of groups that the person is added to. */
  groups: Array<string>;
  status: 'waiting' | 'enrolled' | 'duplicate' | 'failed';
  face_id: number | null;
  error_type: number | null;
  error_message: string | null;
  /** Whether the enrolled face does not look like the person's other samples, as they are now. */
  disagrees: boolean;
  /** The nearest sample of its person, when the row failed because its face is somebody else (2010). */
  differs_from: number | null;
  /** Somebody else who is enrolled and whom the enrolled face matches. */
  looks_like: {
    face_id: number;
    person: PersonSummary | null;
  } | null;
};

export type Part0 = string | number | boolean | null | Array<Part0> | { [name: string]: Part0 };

export type AddImportPictureRequest = {
  name: string;
  /** An object, or its JSON text in forms; at most 8 KB. `user_id` and `user_name` assign the sample to a person. */
  unique_args?: { [name: string]: unknown } | string | undefined;
  /** Names of groups. A form carries a JSON list, or one name. */
  groups?: Array<string> | string | undefined;
  /** What to do with a face that is beyond doubt not the person of the other samples: the row fails with 2010, or is enrolled. */
  if_different?: 'refuse' | 'keep' | undefined;
};

export type SteerImportRequest = {
  action: 'pause' | 'resume' | 'cancel' | 'retry';
};

export type DeleteImportAnswer = Record<string, never>;

export type RepairImportRowRequest = {
  /** Replaces the address or the uploaded picture. */
  image_url?: string | undefined;
  /** An object, or its JSON text in forms; at most 8 KB. `user_id` and `user_name` assign the sample to a person. */
  unique_args?: { [name: string]: unknown } | string | undefined;
  /** Which of several faces. */
  position?: Position | string | undefined;
  /** What to do with a face that is beyond doubt not the person of the other samples: the row fails with 2010, or is enrolled. */
  if_different?: 'refuse' | 'keep' | undefined;
};

export type ListUsersAnswer = {
  users: Array<User>;
};

export type User = {
  user_id: number;
  email: string;
  name: string | null;
  role: Role;
  status: 'active' | 'invited' | 'disabled';
  created_at: string;
  last_sign_in_at: string | null;
};

export type Role = 'admin' | 'operator' | 'viewer';

export type InvitedUser = {
  user: User;
  /** Works once. Whoever opens it chooses the password. It is only a path if the server does not know its own address: without `PUBLIC_URL`, and called by a name other than `localhost`. */
  link: string;
  expires_at: string;
};

export type InviteUserRequest = {
  email: string;
  name?: string | undefined;
  role: Role;
};

export type ChangeUserRequest = {
  role?: Role | undefined;
  name?: string | null | undefined;
  disabled?: boolean | undefined;
};

export type PasswordLink = {
  /** Works once. Whoever opens it chooses the password. It is only a path if the server does not know its own address: without `PUBLIC_URL`, and called by a name other than `localhost`. */
  link: string;
  expires_at: string;
};

export type AcceptedLink = {
  email: string;
  user_id: number;
  /** The kind of link. */
  kind: 'setup' | 'invite' | 'reset';
};

export type AcceptLinkRequest = {
  token: string;
  /** Required for the first administrator only. */
  email?: string | undefined;
  name?: string | undefined;
  password: string;
};

export type ChangePasswordRequest = {
  current: string;
  next: string;
};

export type ListKeysAnswer = {
  keys: Array<Key>;
};

export type Key = {
  key_id: number;
  name: string;
  /** The key's first characters, to tell keys apart. */
  prefix: string;
  scopes: Array<'faces:read' | 'faces:write' | 'faces:enrol' | 'match' | 'sync' | 'events:write' | 'admin'>;
  /** The groups it is limited to. `null`: not limited. Empty: the groups were deleted, and it sees nobody. */
  groups: Array<{
    group_id: number;
    name: string;
  }> | null;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
};

export type CreatedKey = {
  key_id: number;
  name: string;
  /** The key's first characters, to tell keys apart. */
  prefix: string;
  scopes: Array<'faces:read' | 'faces:write' | 'faces:enrol' | 'match' | 'sync' | 'events:write' | 'admin'>;
  /** The groups it is limited to. `null`: not limited. Empty: the groups were deleted, and it sees nobody. */
  groups: Array<{
    group_id: number;
    name: string;
  }> | null;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
  key: string;
};

export type CreateKeyRequest = {
  name: string;
  scopes: Array<'faces:read' | 'faces:write' | 'faces:enrol' | 'match' | 'sync' | 'events:write' | 'admin'>;
  /** Ids of the groups it is limited to: it syncs, matches, reads and enrols only there. `null`: not limited. People in no group are seen without a limit only. */
  groups?: Array<number | string> | null | undefined;
  expires_at?: string | null | undefined;
};

export type ListWebhooksAnswer = {
  webhooks: Array<Webhook>;
};

export type Webhook = {
  webhook_id: number;
  url: string;
  events: Array<'recognition' | 'unknown' | 'corrected' | 'enrolment' | 'deletion'>;
  include_names: boolean;
  /** A paused webhook receives nothing. Its waiting deliveries stay waiting. */
  active: boolean;
  created_at: string;
  /** Deliveries that wait for their first or next attempt. */
  waiting: number;
  /** Deliveries in the log that failed for good. */
  failed: number;
  last_delivered_at: string | null;
};

export type WebhookWithSecret = {
  webhook_id: number;
  url: string;
  events: Array<'recognition' | 'unknown' | 'corrected' | 'enrolment' | 'deletion'>;
  include_names: boolean;
  /** A paused webhook receives nothing. Its waiting deliveries stay waiting. */
  active: boolean;
  created_at: string;
  /** Deliveries that wait for their first or next attempt. */
  waiting: number;
  /** Deliveries in the log that failed for good. */
  failed: number;
  last_delivered_at: string | null;
  /** `whsec_` and base64. Never shown again. */
  secret: string;
};

export type CreateWebhookRequest = {
  /** URL that receives the posts. Private addresses are refused unless FETCH_ALLOW names them. */
  url: string;
  /** `recognition`: a known person was recognised. `unknown`: a face was not recognised. `corrected`: somebody changed who a recognition shows. `enrolment`: a sample was added or got a new picture. `deletion`: samples or a person were erased. */
  events: Array<'recognition' | 'unknown' | 'corrected' | 'enrolment' | 'deletion'>;
  /** Whether posts contain names of people. Otherwise only ids leave the server. */
  include_names?: boolean | 'true' | 'false' | undefined;
};

export type ChangeWebhookRequest = {
  /** URL that receives the posts. Private addresses are refused unless FETCH_ALLOW names them. */
  url?: string | undefined;
  /** `recognition`: a known person was recognised. `unknown`: a face was not recognised. `corrected`: somebody changed who a recognition shows. `enrolment`: a sample was added or got a new picture. `deletion`: samples or a person were erased. */
  events?: Array<'recognition' | 'unknown' | 'corrected' | 'enrolment' | 'deletion'> | undefined;
  /** Whether posts contain names of people. Otherwise only ids leave the server. */
  include_names?: boolean | 'true' | 'false' | undefined;
  active?: boolean | 'true' | 'false' | undefined;
};

export type DeleteWebhookAnswer = Record<string, never>;

export type WebhookDelivery = {
  /** The `webhook-id` header, the same for every attempt. */
  delivery_id: string;
  event: 'recognition' | 'unknown' | 'corrected' | 'enrolment' | 'deletion' | 'test';
  status: 'waiting' | 'delivered' | 'failed';
  attempts: number;
  created_at: string;
  next_attempt_at: string | null;
  /** When the attempts end. Null once the delivery is finished. */
  give_up_at: string | null;
  last_attempt_at: string | null;
  /** HTTP status of the last response. */
  last_status: number | null;
  last_error: string | null;
  /** Duration of the last attempt in milliseconds. */
  last_ms: number | null;
  finished_at: string | null;
  /** The data as stored: without names. */
  data: { [name: string]: unknown };
};

export type ListDeliveriesAnswer = {
  deliveries: Array<WebhookDelivery>;
  next_cursor: string | null;
};

export type SettingsAnswer = {
  /** Trust from which a face counts as recognised, on this server and on every phone. */
  match_trust: number;
  /** `none`: no picture. `crop`: the face alone, 256 pixels. `original`: the face and the whole picture. */
  store_images: 'none' | 'crop' | 'original';
  /** Days after which recognitions are erased. 0 keeps them for ever. */
  event_retention_days: number;
  /** Seconds between two syncs of a phone that is open and online. */
  device_sync_seconds: number;
  /** Default liveness check of new devices. */
  device_liveness: 'off' | 'passive' | 'challenge';
  /** Whether new devices may enrol people by default. */
  device_allow_enrolment: boolean;
  /** Settings that the environment of the server overrides. They cannot be changed here. */
  fixed: Array<'match_trust' | 'store_images'>;
  gallery: GalleryInUse;
};

export type GalleryInUse = {
  /** The setting GALLERY. */
  setting: 'auto' | 'memory' | 'pgvector';
  /** The gallery in use. */
  kind: 'memory' | 'pgvector';
  /** Why this gallery is in use. */
  reason: string;
  /** Number of samples in it. */
  samples: number;
  /** Memory that it takes in the server's process. */
  bytes: number;
};

export type ChangeSettingsRequest = {
  /** Trust from which a face counts as recognised, on this server and on every phone. */
  match_trust?: number | string | undefined;
  /** `none`: no picture. `crop`: the face alone, 256 pixels. `original`: the face and the whole picture. */
  store_images?: 'none' | 'crop' | 'original' | undefined;
  /** Days after which recognitions are erased. 0 keeps them for ever. */
  event_retention_days?: number | string | undefined;
  /** Seconds between two syncs of a phone that is open and online. */
  device_sync_seconds?: number | string | undefined;
  /** Default liveness check of new devices. */
  device_liveness?: 'off' | 'passive' | 'challenge' | undefined;
  /** Whether new devices may enrol people by default. */
  device_allow_enrolment?: boolean | 'true' | 'false' | undefined;
};

export type EraseImagesAnswer = {
  erased: number;
};

export type EraseImagesRequest = {
  kind: 'original' | 'crop';
};

export type AccuracyAnswer = {
  /** How many people are enrolled. */
  people: number;
  /** How many of them were taken as strangers to all the others, with one sample each: 1,000 at most, chosen at random. */
  compared: number;
  /** How many of them have only one sample. */
  single: number;
  /** Whether the comparison is finished. Call again until it is. */
  complete: boolean;
  /** How much of it is done. */
  progress: number;
  /** The threshold in use. */
  match_trust: number;
  /** What the threshold in use does. */
  now: AccuracyThreshold;
  /** What other thresholds would do, the least first. */
  thresholds: Array<AccuracyThreshold>;
  /** Thresholds for a wanted risk. */
  suggestions: Array<{
    /** The risk: one of so many strangers is accepted. */
    one_in: number;
    /** The least threshold with at most that risk. Null where none has, or nothing can be said. */
    trust: number | null;
    /** Of the recent recognitions, those that this threshold would have refused. */
    lost: number;
    /** Of the recent unknown faces, those that this threshold would have named. */
    gained: number;
  }>;
  /** The most alike pairs of different people. */
  closest: Array<{
    people: Array<Person>;
    /** The two samples, one of each. */
    face_ids: Array<number>;
    /** How sure it is that both faces are one person, 0 to 100. At 50, 1 in 1,000 pairs of a mixed set of strangers is accepted. Within a group of people who look alike it is more: docs/accuracy.md has the rates for each group, and says what to do for children. */
    trust: number;
    /** Distance of the encodings, multiplied by how crowded the space of faces is around both, so that the same value means nearly the same risk for everybody. It is not the Euclidean distance of the encodings. `trust` follows it. */
    distance: number;
    /** They are probably one person who was enrolled twice. Such a pair is left out of the rates until it is marked as different people. */
    likely_one: boolean;
  }>;
  /** People who need more samples, or whose samples disagree. */
  doubtful: Array<DoubtfulPerson>;
  /** The recognitions that `lost` and `gained` are counted on. */
  recent: {
    days: number;
    known: number;
    unknown: number;
    /** False: only the newest 20,000 of each kind were counted. */
    whole: boolean;
  };
};

export type AccuracyThreshold = {
  /** How sure it is that both faces are one person, 0 to 100. At 50, 1 in 1,000 pairs of a mixed set of strangers is accepted. Within a group of people who look alike it is more: docs/accuracy.md has the rates for each group, and says what to do for children. */
  trust: number;
  /** Part of strangers who would be taken for somebody enrolled. Null where fewer than 20 people are enrolled. */
  strangers: number | null;
  /** How many of `compared` were. Where it is under 10, `strangers` is an estimate from those who are nearly accepted. */
  seen: number;
  /** Of the recent recognitions, those that this threshold would have refused. */
  lost: number;
  /** Of the recent unknown faces, those that this threshold would have named. */
  gained: number;
};

export type DoubtfulPerson = {
  person: Person;
  /** How many of their samples were compared. */
  looked_at: number;
  /** How many more samples they should get. */
  more_samples: number;
  /** Samples that do not look like the person's others. */
  disagreeing: Array<number>;
};

export type ListAuditAnswer = {
  entries: Array<AuditEntry>;
  next_cursor: number | null;
};

export type AuditEntry = {
  id: number;
  at: string;
  actor_kind: 'user' | 'key' | 'device' | 'system';
  actor_id: string | null;
  actor_name: string;
  action: string;
  subject_kind: string;
  subject_id: string | null;
  details: { [name: string]: string | number | boolean | null };
  /** The people in it who are still there, as they are called now. The log itself has ids alone. */
  people: Array<PersonSummary>;
  address: string | null;
};

export type ListDevicesAnswer = {
  devices: Array<Device>;
};

export type Device = {
  device_id: number;
  name: string;
  allow_enrolment: boolean;
  /** How the device checks that a face is alive. `off`: no check. `passive`: it waits for a blink or a turn of the head. `challenge`: it asks for a movement. */
  liveness: 'off' | 'passive' | 'challenge';
  /** The groups it is limited to. `null`: not limited. Empty: the groups were deleted, and it sees nobody. */
  groups: Array<{
    group_id: number;
    name: string;
  }> | null;
  /** `pairing`: the code was not used yet. `expired`: it was not used in time. */
  status: 'pairing' | 'expired' | 'paired' | 'revoked';
  created_at: string;
  paired_at: string | null;
  revoked_at: string | null;
  last_contact_at: string | null;
  /** The feed number that the device has reached. */
  gallery_version: number | null;
  gallery_faces: number | null;
  /** Recognitions that it had not sent yet. */
  waiting_events: number | null;
  app_version: string | null;
};

export type CreatedDevice = {
  device_id: number;
  pairing_code: string;
  /** Opens the recognition page on the phone. The console shows it as a QR code. It is only a path if the server does not know its own address: without `PUBLIC_URL`, and called by a name other than `localhost`. */
  pairing_url: string;
  expires_at: string;
};

export type CreateDeviceRequest = {
  /** Name of the device, for people. */
  name: string;
  /** Default: `device_allow_enrolment` of the settings. */
  allow_enrolment?: boolean | 'true' | 'false' | undefined;
  /** Default: `device_liveness` of the settings. */
  liveness?: 'off' | 'passive' | 'challenge' | undefined;
  /** Ids of the groups it is limited to: it syncs, matches, reads and enrols only there. `null`: not limited. People in no group are seen without a limit only. */
  groups?: Array<number | string> | null | undefined;
};

export type PairedDevice = {
  device_id: number;
  name: string;
  /** `faces:enrol` if the device may enrol people. `faces:write` is then in the list too, for pages of earlier versions, and allows nothing. */
  scopes: Array<'faces:read' | 'faces:write' | 'faces:enrol' | 'match' | 'sync' | 'events:write' | 'admin'>;
  /** How the device checks that a face is alive. `off`: no check. `passive`: it waits for a blink or a turn of the head. `challenge`: it asks for a movement. */
  liveness: 'off' | 'passive' | 'challenge';
  /** Trust from which a face counts as recognised. 100, which nothing reaches, for a device that must be updated first. */
  match_trust: number;
  /** Version of the function from encodings to trust that the server uses. A device with a lower one must be updated before it names anybody. */
  matching: number;
  /** Seconds between two syncs while the page is open. */
  sync_seconds: number;
  /** The model of the encodings in the feed. */
  model: string;
  /** Names of the groups that the device is limited to; `null`: not limited. When the groups change, the device reads the feed from the start. */
  groups: Array<string> | null;
  /** Their ids, in the same order, which stay when a group is renamed. */
  group_ids: Array<number> | null;
  token: string;
};

export type PairDeviceRequest = {
  pairing_code: string;
};

export type DeviceSettings = {
  device_id: number;
  name: string;
  /** `faces:enrol` if the device may enrol people. `faces:write` is then in the list too, for pages of earlier versions, and allows nothing. */
  scopes: Array<'faces:read' | 'faces:write' | 'faces:enrol' | 'match' | 'sync' | 'events:write' | 'admin'>;
  /** How the device checks that a face is alive. `off`: no check. `passive`: it waits for a blink or a turn of the head. `challenge`: it asks for a movement. */
  liveness: 'off' | 'passive' | 'challenge';
  /** Trust from which a face counts as recognised. 100, which nothing reaches, for a device that must be updated first. */
  match_trust: number;
  /** Version of the function from encodings to trust that the server uses. A device with a lower one must be updated before it names anybody. */
  matching: number;
  /** Seconds between two syncs while the page is open. */
  sync_seconds: number;
  /** The model of the encodings in the feed. */
  model: string;
  /** Names of the groups that the device is limited to; `null`: not limited. When the groups change, the device reads the feed from the start. */
  groups: Array<string> | null;
  /** Their ids, in the same order, which stay when a group is renamed. */
  group_ids: Array<number> | null;
};

export type ContactDeviceRequest = {
  gallery_version: number | string;
  gallery_faces: number | string;
  waiting_events: number | string;
  app_version?: string | undefined;
  /** Version of the function from encodings to trust that the device uses. Default: 1, which measures the plain distance. */
  matching?: number | string | undefined;
  /** Whether the page reads the feed from the start when the groups that it is limited to change. Default: `false`. A limited device that gives an `app_version` and does not say so must be updated first. */
  knows_groups?: boolean | 'true' | 'false' | undefined;
};

export type UnpairDeviceAnswer = Record<string, never>;

export type ChangeDeviceRequest = {
  /** Name of the device, for people. */
  name?: string | undefined;
  allow_enrolment?: boolean | 'true' | 'false' | undefined;
  /** How the device checks that a face is alive. `off`: no check. `passive`: it waits for a blink or a turn of the head. `challenge`: it asks for a movement. */
  liveness?: 'off' | 'passive' | 'challenge' | undefined;
  /** Ids of the groups it is limited to: it syncs, matches, reads and enrols only there. `null`: not limited. People in no group are seen without a limit only. */
  groups?: Array<number | string> | null | undefined;
};

export type RevokeDeviceAnswer = Record<string, never>;

export type RecordEventsAnswer = {
  accepted: number;
  /** Number of events that were stored before. Nothing changed. */
  duplicates: number;
  /** Events that will never be accepted, for example recognitions of a person who was erased since. */
  rejected: Array<{
    id: string;
    reason: string;
  }>;
};

export type RecordEventsRequest = {
  events: Array<{
    id: string;
    /** When the face was seen, on the device's clock. */
    at: string;
    /** Null if the face is unknown. */
    face_id?: number | string | null | undefined;
    person_id?: number | string | null | undefined;
    /** Trust from 0 to 100. */
    trust: number | string;
    /** `off`: not checked. `passed`, `failed`: the result of the device's check. */
    liveness?: 'off' | 'passed' | 'failed' | undefined;
    /** The `lineage` of the feed that the ids are from. Ids of a lineage that is past are never taken for those of somebody else. */
    lineage?: string | undefined;
    /** Where the face was seen, such as the name of a camera. */
    source?: string | undefined;
    /** Who it may be, one sample per person, nearest first. Newer devices send it. */
    candidates?:
      | Array<{
          /** The id of a face sample: a positive integer. */
          face_id: number | string;
          /** Trust from 0 to 100. */
          trust: number | string;
          /** Normalised distance, if the device knows it. */
          distance?: number | null | undefined;
        }>
      | undefined;
  }>;
  sent_at?: string | undefined;
};

export type ListEventsAnswer = {
  events: Array<Event>;
  next_cursor: string | null;
};

export type Event = {
  id: string;
  at: string;
  received_at: string;
  device: {
    device_id: number;
    name: string;
  } | null;
  /** Where the face was seen, as the sender named it. */
  source: string | null;
  person: PersonSummary | null;
  face_id: number | null;
  /** How sure it is that both faces are one person, 0 to 100. At 50, 1 in 1,000 pairs of a mixed set of strangers is accepted. Within a group of people who look alike it is more: docs/accuracy.md has the rates for each group, and says what to do for children. */
  trust: number;
  /** `off`: not checked. `passed`, `failed`: the result of the device's check. */
  liveness: 'off' | 'passed' | 'failed';
  /** Whether the device's clock gave an impossible time. `at` is then the nearest possible one. */
  clock: boolean;
  /** Whether somebody changed who it shows. `person` and `face_id` are then as corrected. `trust` stays what the device reported. */
  corrected: boolean;
};

export type EventDetails = {
  id: string;
  at: string;
  received_at: string;
  device: {
    device_id: number;
    name: string;
  } | null;
  /** Where the face was seen, as the sender named it. */
  source: string | null;
  person: PersonSummary | null;
  face_id: number | null;
  /** How sure it is that both faces are one person, 0 to 100. At 50, 1 in 1,000 pairs of a mixed set of strangers is accepted. Within a group of people who look alike it is more: docs/accuracy.md has the rates for each group, and says what to do for children. */
  trust: number;
  /** `off`: not checked. `passed`, `failed`: the result of the device's check. */
  liveness: 'off' | 'passed' | 'failed';
  /** Whether the device's clock gave an impossible time. `at` is then the nearest possible one. */
  clock: boolean;
  /** Whether somebody changed who it shows. `person` and `face_id` are then as corrected. `trust` stays what the device reported. */
  corrected: boolean;
  /** What the device's clock said. */
  device_at: string;
  /** The best sample of `person`. */
  best_face_id: number | null;
  /** Who it may have been, nearest first. Samples that were erased since are left out. */
  candidates: Array<{
    face_id: number;
    person: PersonSummary | null;
    /** The best sample of this person. */
    best_face_id: number | null;
    /** How sure it is that both faces are one person, 0 to 100. At 50, 1 in 1,000 pairs of a mixed set of strangers is accepted. Within a group of people who look alike it is more: docs/accuracy.md has the rates for each group, and says what to do for children. */
    trust: number;
    distance: number | null;
  }>;
  /** Oldest first, those that were taken back too. */
  corrections: Array<EventCorrection>;
};

export type EventCorrection = {
  correction_id: number;
  at: string;
  by: {
    kind: 'user' | 'key' | 'device' | 'system';
    name: string;
  };
  /** Whether it says that the recognition is right. It then changes nothing. */
  confirms: boolean;
  was: {
    /** Whether it shows somebody. `person` is null all the same for a sample that belongs to nobody, and for a person who was erased since. */
    known: boolean;
    person: PersonSummary | null;
    face_id: number | null;
  };
  is: {
    /** Whether it shows somebody. `person` is null all the same for a sample that belongs to nobody, and for a person who was erased since. */
    known: boolean;
    person: PersonSummary | null;
    face_id: number | null;
  };
  taken_back_at: string | null;
  taken_back_by: string | null;
};

export type CorrectEventRequest = {
  /** The id of a person: a positive integer. */
  person_id?: number | string | undefined;
  /** `true`: nobody who is known. */
  unknown?: boolean | 'true' | 'false' | undefined;
};

export type ImportReport = {
  groups: {
    added: number;
    /** Existed before, and stay unchanged. */
    present: number;
    /** Were deleted on this server before, or cannot be stored here. */
    left_out: number;
  };
  people: {
    added: number;
    /** Existed before, and stay unchanged. */
    present: number;
    /** Were deleted on this server before, or cannot be stored here. */
    left_out: number;
  };
  samples: {
    added: number;
    /** Existed before, and stay unchanged. */
    present: number;
    /** Were deleted on this server before, or cannot be stored here. */
    left_out: number;
  };
  pictures: {
    added: number;
    /** Existed before, and stay unchanged. */
    present: number;
    /** Were deleted on this server before, or cannot be stored here. */
    left_out: number;
  };
  tombstones: {
    added: number;
    /** Existed before, and stay unchanged. */
    present: number;
    /** Were deleted on this server before, or cannot be stored here. */
    left_out: number;
  };
  events: {
    added: number;
    /** Existed before, and stay unchanged. */
    present: number;
    /** Were deleted on this server before, or cannot be stored here. */
    left_out: number;
  };
  devices: {
    added: number;
    /** Existed before, and stay unchanged. */
    present: number;
    /** Were deleted on this server before, or cannot be stored here. */
    left_out: number;
  };
  settings: {
    added: number;
    /** Existed before, and stay unchanged. */
    present: number;
    /** Were deleted on this server before, or cannot be stored here. */
    left_out: number;
  };
  webhooks: {
    added: number;
    /** Existed before, and stay unchanged. */
    present: number;
    /** Were deleted on this server before, or cannot be stored here. */
    left_out: number;
  };
  /** Added samples with encodings of another model. They are stored, and never compared. */
  other_model: number;
  /** The first 1000. */
  changed_ids: Array<{
    type: 'person' | 'sample' | 'device';
    /** Its id in the file. */
    from: number;
    /** Its id on this server, because the other id is taken. */
    to: number;
  }>;
  changed_ids_count: number;
};

export type Health = {
  status: 'ok';
  version: string;
};

export type Readiness = {
  status: 'ready';
  database: boolean;
  recogniser: boolean;
  gallery: boolean;
};

export type DueWork = {
  /** Rows of running imports, by result. */
  imports: {
    enrolled: number;
    duplicate: number;
    failed: number;
  };
  /** Posts, by result. */
  webhooks: {
    delivered: number;
    retrying: number;
    failed: number;
  };
  /** Recognitions that were older than the retention period. */
  erased_events: number;
};

export type OpenApiDocument = {
  openapi: string;
};

export type ReadFaceQuery = {
  /** The id of a face sample: a positive integer. */
  face_id: number | string;
};

export type SyncFacesQuery = {
  /** Unix milliseconds: the `lastUpdatedAt` of the page before; 0 is the beginning. */
  last_updated_at?: string | number | undefined;
  limit?: number | string | undefined;
  /** The `lineage` of the page before. Another one than the server’s gives `reset: true`. */
  lineage?: string | undefined;
  /** `1`: the last page (`hasMore: false`) has `count` and `checksum`. */
  verify?: '1' | undefined;
};

export type ListFacesQuery = {
  /** The `next_cursor` of the page before. */
  cursor?: string | undefined;
  limit?: number | string | undefined;
  /** The id of a person: a positive integer. */
  person_id?: number | string | undefined;
  /** Only samples without a person. */
  unassigned?: boolean | 'true' | 'false' | undefined;
  /** Only samples whose quality score is in this band. */
  quality?: 'good' | 'fair' | 'poor' | undefined;
  order?: 'newest' | 'oldest' | 'best' | 'worst' | undefined;
  /** Beginnings of words in the attributes, or in the name and user_id of the person. */
  q?: string | undefined;
  /** `name=value`: only samples with exactly this value in `unique_args`. */
  attribute?: string | undefined;
};

export type ChangeFacePath = {
  /** The id of a face sample: a positive integer. */
  face_id: number | string;
};

export type ListPeopleQuery = {
  /** The `next_cursor` of the page before. */
  cursor?: string | undefined;
  limit?: number | string | undefined;
  order?: 'newest' | 'name' | undefined;
  /** Beginnings of words in the name or the user_id. */
  q?: string | undefined;
  /** Only people in this group. */
  group_id?: number | string | undefined;
};

export type ReadPersonPath = {
  /** The id of a person: a positive integer. */
  person_id: number | string;
};

export type UpdatePersonPath = {
  /** The id of a person: a positive integer. */
  person_id: number | string;
};

export type DeletePersonPath = {
  /** The id of a person: a positive integer. */
  person_id: number | string;
};

export type ListDuplicatesQuery = {
  limit?: number | string | undefined;
};

export type ListGroupsQuery = {
  /** A part of the name. */
  q?: string | undefined;
};

export type ChangeGroupPath = {
  /** The id of a group: a positive integer. */
  group_id: number | string;
};

export type DeleteGroupPath = {
  /** The id of a group: a positive integer. */
  group_id: number | string;
};

export type ChangeMembersPath = {
  /** The id of a group: a positive integer. */
  group_id: number | string;
};

export type ReadImportPath = {
  import_id: number | string;
};

export type ReadImportQuery = {
  after?: number | string | undefined;
  limit?: number | string | undefined;
  status?: 'waiting' | 'enrolled' | 'duplicate' | 'failed' | undefined;
  /** `csv`: as `Accept: text/csv`, for a link. */
  format?: 'csv' | undefined;
};

export type SteerImportPath = {
  import_id: number | string;
};

export type DeleteImportPath = {
  import_id: number | string;
};

export type RepairImportRowPath = {
  import_id: number | string;
  row: number | string;
};

export type DeleteImportRowPath = {
  import_id: number | string;
  row: number | string;
};

export type ChangeUserPath = {
  user_id: number | string;
};

export type RemoveUserPath = {
  user_id: number | string;
};

export type CreatePasswordLinkPath = {
  user_id: number | string;
};

export type RevokeKeyPath = {
  key_id: number | string;
};

export type ChangeWebhookPath = {
  webhook_id: number | string;
};

export type DeleteWebhookPath = {
  webhook_id: number | string;
};

export type RotateWebhookSecretPath = {
  webhook_id: number | string;
};

export type TestWebhookPath = {
  webhook_id: number | string;
};

export type ListDeliveriesPath = {
  webhook_id: number | string;
};

export type ListDeliveriesQuery = {
  status?: 'waiting' | 'delivered' | 'failed' | undefined;
  /** The `next_cursor` of the page before. */
  cursor?: string | undefined;
  limit?: number | string | undefined;
};

export type ResendDeliveryPath = {
  webhook_id: number | string;
  delivery_id: string;
};

export type ListAuditQuery = {
  cursor?: number | string | undefined;
  limit?: number | string | undefined;
  /** Part of the name of whoever did it. */
  actor?: string | undefined;
  /** An action such as `person.delete`, or its first word for all of its kind: `person`. */
  action?: string | undefined;
  subject_id?: string | undefined;
  from?: string | undefined;
  /** The last day, included. */
  to?: string | undefined;
  /** `csv`: as `Accept: text/csv`, for a link. */
  format?: 'csv' | undefined;
};

export type ChangeDevicePath = {
  device_id: number | string;
};

export type RevokeDevicePath = {
  device_id: number | string;
};

export type ListEventsQuery = {
  /** The id of a person: a positive integer. */
  person_id?: number | string | undefined;
  device_id?: number | string | undefined;
  /** `true`: only recognised people. `false`: only unknown faces. */
  known?: 'true' | 'false' | undefined;
  /** `true`: only recognitions that were corrected. `false`: only others. */
  corrected?: 'true' | 'false' | undefined;
  /** From this instant on. */
  from?: string | undefined;
  /** Before this instant. */
  to?: string | undefined;
  /** The `next_cursor` of the page before. */
  cursor?: string | undefined;
  limit?: number | string | undefined;
  /** `csv`: as `Accept: text/csv`, for a link. */
  format?: 'csv' | undefined;
};

export type ReadEventPath = {
  event_id: string;
};

export type CorrectEventPath = {
  event_id: string;
};

export type TakeBackCorrectionPath = {
  event_id: string;
  correction_id: number | string;
};

/** Every call with a JSON answer that can be made without an upload, by the name that the OpenAPI document gives it. */
export interface Calls {
  /** Enrol a face */
  enrolFace: { input: EnrolFaceRequest; answer: EnrolledFace };
  /** Read a face */
  readFace: { input: ReadFaceQuery; answer: StoredFace };
  /** Replace a face's picture */
  updateFace: { input: UpdateFaceRequest; answer: UpdatedFace };
  /** Delete a face */
  deleteFace: { input: DeleteFaceRequest; answer: Empty };
  /** Recognise every face in a picture */
  matchFaces: { input: MatchFacesRequest; answer: MatchFacesAnswer };
  /** Find every face in a picture */
  detectFaces: { input: DetectFacesRequest; answer: DetectFacesAnswer };
  /** Decide whether two faces are the same person */
  verifyFace: { input: VerifyFaceRequest; answer: VerifyFaceAnswer };
  /** Read the change feed */
  syncFaces: { input: SyncFacesQuery; answer: FeedPage };
  /** List faces */
  listFaces: { input: ListFacesQuery; answer: ListFacesAnswer };
  /** Move a sample to another person, or change its attributes */
  changeFace: { input: ChangeFacePath & ChangeFaceRequest; answer: ChangedFace };
  /** List people */
  listPeople: { input: ListPeopleQuery; answer: ListPeopleAnswer };
  /** Create a person */
  createPerson: { input: CreatePersonRequest; answer: Person };
  /** Read a person */
  readPerson: { input: ReadPersonPath; answer: Person };
  /** Change a person */
  updatePerson: { input: UpdatePersonPath & UpdatePersonRequest; answer: Person };
  /** Erase a person */
  deletePerson: { input: DeletePersonPath; answer: DeletePersonAnswer };
  /** Merge two people */
  mergePeople: { input: MergePeopleRequest; answer: Person };
  /** List likely duplicates among people */
  listDuplicates: { input: ListDuplicatesQuery; answer: ListDuplicatesAnswer };
  /** Mark two people as different */
  markDistinct: { input: MarkDistinctRequest; answer: MarkDistinctAnswer };
  /** List groups */
  listGroups: { input: ListGroupsQuery; answer: ListGroupsAnswer };
  /** Create a group */
  createGroup: { input: CreateGroupRequest; answer: Group };
  /** Change a group */
  changeGroup: { input: ChangeGroupPath & ChangeGroupRequest; answer: Group };
  /** Delete a group */
  deleteGroup: { input: DeleteGroupPath; answer: DeleteGroupAnswer };
  /** Add people to a group, or remove them */
  changeMembers: { input: ChangeMembersPath & ChangeMembersRequest; answer: ChangedMembers };
  /** List what needs a decision */
  listReview: { input: object; answer: ListReviewAnswer };
  /** Keep an item of the review as it is */
  keepReviewItem: { input: KeepReviewItemRequest; answer: KeepReviewItemAnswer };
  /** List imports */
  listImports: { input: object; answer: ListImportsAnswer };
  /** Enrol many pictures in the background */
  createImport: { input: CreateImportRequest; answer: Import };
  /** Read the progress and the results of an import */
  readImport: { input: ReadImportPath & ReadImportQuery; answer: ReadImportAnswer };
  /** Pause, resume or cancel an import, or retry its failed rows */
  steerImport: { input: SteerImportPath & SteerImportRequest; answer: Import };
  /** Delete an import with its rows */
  deleteImport: { input: DeleteImportPath; answer: DeleteImportAnswer };
  /** Repair a failed row and try it again */
  repairImportRow: { input: RepairImportRowPath & RepairImportRowRequest; answer: Import };
  /** Remove a failed row with its picture */
  deleteImportRow: { input: DeleteImportRowPath; answer: Import };
  /** List the users of the console */
  listUsers: { input: object; answer: ListUsersAnswer };
  /** Invite someone by link */
  inviteUser: { input: InviteUserRequest; answer: InvitedUser };
  /** Change a user's role or name, disable or enable them */
  changeUser: { input: ChangeUserPath & ChangeUserRequest; answer: User };
  /** Remove a user */
  removeUser: { input: RemoveUserPath; answer: Empty };
  /** Create a link for a new password */
  createPasswordLink: { input: CreatePasswordLinkPath; answer: PasswordLink };
  /** Choose a password with a set-up, invitation or reset link */
  acceptLink: { input: AcceptLinkRequest; answer: AcceptedLink };
  /** Change your own password */
  changePassword: { input: ChangePasswordRequest; answer: Empty };
  /** End your other sessions */
  endSessions: { input: object; answer: Empty };
  /** List API keys */
  listKeys: { input: object; answer: ListKeysAnswer };
  /** Create an API key */
  createKey: { input: CreateKeyRequest; answer: CreatedKey };
  /** Revoke an API key */
  revokeKey: { input: RevokeKeyPath; answer: Empty };
  /** List webhooks */
  listWebhooks: { input: object; answer: ListWebhooksAnswer };
  /** Create a webhook */
  createWebhook: { input: CreateWebhookRequest; answer: WebhookWithSecret };
  /** Change, pause or resume a webhook */
  changeWebhook: { input: ChangeWebhookPath & ChangeWebhookRequest; answer: Webhook };
  /** Delete a webhook with its log */
  deleteWebhook: { input: DeleteWebhookPath; answer: DeleteWebhookAnswer };
  /** Replace a webhook's secret */
  rotateWebhookSecret: { input: RotateWebhookSecretPath; answer: WebhookWithSecret };
  /** Send a test event */
  testWebhook: { input: TestWebhookPath; answer: WebhookDelivery };
  /** List a webhook's deliveries */
  listDeliveries: { input: ListDeliveriesPath & ListDeliveriesQuery; answer: ListDeliveriesAnswer };
  /** Send a delivery again */
  resendDelivery: { input: ResendDeliveryPath; answer: WebhookDelivery };
  /** Read the settings, and which gallery is in use */
  readSettings: { input: object; answer: SettingsAnswer };
  /** Change settings */
  changeSettings: { input: ChangeSettingsRequest; answer: SettingsAnswer };
  /** Erase the stored pictures of all samples */
  eraseImages: { input: EraseImagesRequest; answer: EraseImagesAnswer };
  /** Read how well your own people are told apart */
  readAccuracy: { input: object; answer: AccuracyAnswer };
  /** Read the audit log */
  listAudit: { input: ListAuditQuery; answer: ListAuditAnswer };
  /** List devices */
  listDevices: { input: object; answer: ListDevicesAnswer };
  /** Start pairing a device */
  createDevice: { input: CreateDeviceRequest; answer: CreatedDevice };
  /** Pair a device */
  pairDevice: { input: PairDeviceRequest; answer: PairedDevice };
  /** Report a device's state and read its settings */
  contactDevice: { input: ContactDeviceRequest; answer: DeviceSettings };
  /** Unpair the calling device */
  unpairDevice: { input: object; answer: UnpairDeviceAnswer };
  /** Rename a device, allow enrolment on it, set its liveness check, or limit it to groups */
  changeDevice: { input: ChangeDevicePath & ChangeDeviceRequest; answer: Device };
  /** Revoke a device */
  revokeDevice: { input: RevokeDevicePath; answer: RevokeDeviceAnswer };
  /** Report recognitions of a device */
  recordEvents: { input: RecordEventsRequest; answer: RecordEventsAnswer };
  /** List recognitions */
  listEvents: { input: ListEventsQuery; answer: ListEventsAnswer };
  /** Read a recognition */
  readEvent: { input: ReadEventPath; answer: EventDetails };
  /** Correct a recognition */
  correctEvent: { input: CorrectEventPath & CorrectEventRequest; answer: EventDetails };
  /** Take back a correction */
  takeBackCorrection: { input: TakeBackCorrectionPath; answer: EventDetails };
  /** Check that the process runs */
  readHealth: { input: object; answer: Health };
  /** Check that models and database are ready */
  readReadiness: { input: object; answer: Readiness };
  /** Run due work */
  runDueWork: { input: object; answer: DueWork };
  /** Read this description of the API */
  readOpenApi: { input: object; answer: OpenApiDocument };
}

/** How each call is sent: method, path, the names that go into the query, and whether it takes an `Idempotency-Key`. */
export const CALLS: { readonly [Id in keyof Calls]: SentAs } = {
  enrolFace: { method: 'POST', path: '/face', keyed: true },
  readFace: { method: 'GET', path: '/face', query: ['face_id'] },
  updateFace: { method: 'POST', path: '/face/update', keyed: true },
  deleteFace: { method: 'POST', path: '/face/delete', keyed: true },
  matchFaces: { method: 'POST', path: '/face/match' },
  detectFaces: { method: 'POST', path: '/face/detect' },
  verifyFace: { method: 'POST', path: '/face/verify' },
  syncFaces: { method: 'GET', path: '/faces/sync', query: ['last_updated_at', 'limit', 'lineage', 'verify'] },
  listFaces: {
    method: 'GET',
    path: '/api/faces',
    query: ['cursor', 'limit', 'person_id', 'unassigned', 'quality', 'order', 'q', 'attribute'],
  },
  changeFace: { method: 'PATCH', path: '/api/faces/{face_id}', keyed: true },
  listPeople: { method: 'GET', path: '/api/people', query: ['cursor', 'limit', 'order', 'q', 'group_id'] },
  createPerson: { method: 'POST', path: '/api/people', keyed: true },
  readPerson: { method: 'GET', path: '/api/people/{person_id}' },
  updatePerson: { method: 'PATCH', path: '/api/people/{person_id}', keyed: true },
  deletePerson: { method: 'DELETE', path: '/api/people/{person_id}', keyed: true },
  mergePeople: { method: 'POST', path: '/api/people/merge', keyed: true },
  listDuplicates: { method: 'GET', path: '/api/people/duplicates', query: ['limit'] },
  markDistinct: { method: 'POST', path: '/api/people/distinct', keyed: true },
  listGroups: { method: 'GET', path: '/api/groups', query: ['q'] },
  createGroup: { method: 'POST', path: '/api/groups' },
  changeGroup: { method: 'PATCH', path: '/api/groups/{group_id}' },
  deleteGroup: { method: 'DELETE', path: '/api/groups/{group_id}' },
  changeMembers: { method: 'PUT', path: '/api/groups/{group_id}/people' },
  listReview: { method: 'GET', path: '/api/review' },
  keepReviewItem: { method: 'POST', path: '/api/review/keep' },
  listImports: { method: 'GET', path: '/api/imports' },
  createImport: { method: 'POST', path: '/api/imports' },
  readImport: { method: 'GET', path: '/api/imports/{import_id}', query: ['after', 'limit', 'status', 'format'] },
  steerImport: { method: 'PATCH', path: '/api/imports/{import_id}' },
  deleteImport: { method: 'DELETE', path: '/api/imports/{import_id}' },
  repairImportRow: { method: 'PATCH', path: '/api/imports/{import_id}/rows/{row}' },
  deleteImportRow: { method: 'DELETE', path: '/api/imports/{import_id}/rows/{row}' },
  listUsers: { method: 'GET', path: '/api/users' },
  inviteUser: { method: 'POST', path: '/api/users' },
  changeUser: { method: 'PATCH', path: '/api/users/{user_id}' },
  removeUser: { method: 'DELETE', path: '/api/users/{user_id}' },
  createPasswordLink: { method: 'POST', path: '/api/users/{user_id}/link' },
  acceptLink: { method: 'POST', path: '/api/setup' },
  changePassword: { method: 'POST', path: '/api/account/password' },
  endSessions: { method: 'POST', path: '/api/account/sessions/end' },
  listKeys: { method: 'GET', path: '/api/keys' },
  createKey: { method: 'POST', path: '/api/keys' },
  revokeKey: { method: 'DELETE', path: '/api/keys/{key_id}' },
  listWebhooks: { method: 'GET', path: '/api/webhooks' },
  createWebhook: { method: 'POST', path: '/api/webhooks' },
  changeWebhook: { method: 'PATCH', path: '/api/webhooks/{webhook_id}' },
  deleteWebhook: { method: 'DELETE', path: '/api/webhooks/{webhook_id}' },
  rotateWebhookSecret: { method: 'POST', path: '/api/webhooks/{webhook_id}/secret' },
  testWebhook: { method: 'POST', path: '/api/webhooks/{webhook_id}/test' },
  listDeliveries: {
    method: 'GET',
    path: '/api/webhooks/{webhook_id}/deliveries',
    query: ['status', 'cursor', 'limit'],
  },
  resendDelivery: { method: 'POST', path: '/api/webhooks/{webhook_id}/deliveries/{delivery_id}/send' },
  readSettings: { method: 'GET', path: '/api/settings' },
  changeSettings: { method: 'PATCH', path: '/api/settings' },
  eraseImages: { method: 'POST', path: '/api/settings/erase-images' },
  readAccuracy: { method: 'GET', path: '/api/accuracy' },
  listAudit: {
    method: 'GET',
    path: '/api/audit',
    query: ['cursor', 'limit', 'actor', 'action', 'subject_id', 'from', 'to', 'format'],
  },
  listDevices: { method: 'GET', path: '/api/devices' },
  createDevice: { method: 'POST', path: '/api/devices' },
  pairDevice: { method: 'POST', path: '/api/devices/pair' },
  contactDevice: { method: 'POST', path: '/api/devices/contact' },
  unpairDevice: { method: 'POST', path: '/api/devices/unpair' },
  changeDevice: { method: 'PATCH', path: '/api/devices/{device_id}' },
  revokeDevice: { method: 'DELETE', path: '/api/devices/{device_id}' },
  recordEvents: { method: 'POST', path: '/api/events', keyed: true },
  listEvents: {
    method: 'GET',
    path: '/api/events',
    query: ['person_id', 'device_id', 'known', 'corrected', 'from', 'to', 'cursor', 'limit', 'format'],
  },
  readEvent: { method: 'GET', path: '/api/events/{event_id}' },
  correctEvent: { method: 'POST', path: '/api/events/{event_id}/correct' },
  takeBackCorrection: { method: 'DELETE', path: '/api/events/{event_id}/corrections/{correction_id}' },
  readHealth: { method: 'GET', path: '/api/health' },
  readReadiness: { method: 'GET', path: '/api/ready' },
  runDueWork: { method: 'GET', path: '/api/cron' },
  readOpenApi: { method: 'GET', path: '/api/openapi.json' },
};

/** How a call is sent. */
export interface SentAs {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: readonly string[];
  readonly keyed?: true;
}
