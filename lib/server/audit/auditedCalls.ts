import { z } from 'zod';
import { importReport } from '@/lib/shared/contract/transfer';
import type { AuditRecord } from './recordAudit';

/** What a call was given and what it answered, as far as the log may need it. */
export interface FinishedCall {
  params: unknown;
  body: unknown;
  answer: unknown;
  /** The signed-in user who asks; null for anybody else. */
  userId: string | null;
}

/** Reads the few fields the log keeps; whatever a call has beside them (pictures, encodings, names) does not get through. */
const fields = z.looseObject({
  face_id: z.coerce.number().optional(),
  face_ids: z.array(z.number()).optional(),
  person_id: z.coerce.number().nullish(),
  other_person_id: z.coerce.number().optional(),
  person: z.looseObject({ person_id: z.number() }).nullish(),
  user: z.looseObject({ user_id: z.number() }).optional(),
  user_id: z.union([z.number(), z.string()]).nullish(),
  key_id: z.coerce.number().optional(),
  webhook_id: z.coerce.number().optional(),
  delivery_id: z.string().optional(),
  events: z.array(z.unknown()).optional(),
  import_id: z.coerce.number().optional(),
  device_id: z.union([z.number(), z.string()]).optional(),
  from: z.coerce.number().optional(),
  into: z.coerce.number().optional(),
  role: z.string().optional(),
  disabled: z.boolean().optional(),
  action: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  deleted_faces: z.number().optional(),
  duplicate: z.boolean().optional(),
  kind: z.string().optional(),
  erased: z.number().optional(),
});

type Fields = z.infer<typeof fields>;

interface Call {
  params: Fields;
  body: Fields;
  answer: Fields;
  userId: string | null;
}

const changed = (body: Fields) => Object.keys(body).sort().join(', ');

/** How much an import added. */
function importedCounts(answer: unknown): NonNullable<AuditRecord['details']> {
  const { data } = importReport.safeParse(answer);
  return data ? { people: data.people.added, samples: data.samples.added, events: data.events.added } : {};
}

/** Which calls the log keeps, and what it keeps of each. A call that changes something and is missing here fails a test. */
const AUDITED: Record<string, (call: Call) => AuditRecord | null> = {
  enrolFace: ({ answer }) =>
    // A picture that was there already changed nothing.
    answer.duplicate
      ? null
      : {
          action: 'sample.create',
          subjectKind: 'sample',
          subjectId: answer.face_id,
          details: { person_id: answer.person?.person_id ?? null },
        },
  updateFace: ({ body }) => ({ action: 'sample.replace', subjectKind: 'sample', subjectId: body.face_id }),
  deleteFace: ({ body }) => ({ action: 'sample.delete', subjectKind: 'sample', subjectId: body.face_id }),
  changeFace: ({ params, body, answer }) => ({
    action: body.person_id === undefined ? 'sample.change' : 'sample.move',
    subjectKind: 'sample',
    subjectId: params.face_id,
    details: { person_id: answer.person?.person_id ?? null },
  }),
  createPerson: ({ answer }) => ({ action: 'person.create', subjectKind: 'person', subjectId: answer.person_id }),
  updatePerson: ({ params, body }) => ({
    action: 'person.change',
    subjectKind: 'person',
    subjectId: params.person_id,
    details: { fields: changed(body) },
  }),
  deletePerson: ({ params, answer }) => ({
    action: 'person.delete',
    subjectKind: 'person',
    subjectId: params.person_id,
    details: { deleted_samples: answer.deleted_faces ?? null },
  }),
  mergePeople: ({ body }) => ({
    action: 'person.merge',
    subjectKind: 'person',
    subjectId: body.into,
    details: { from: body.from ?? null },
  }),
  markDistinct: ({ body }) => ({
    action: 'person.distinct',
    subjectKind: 'person',
    subjectId: body.person_id ?? undefined,
    details: { other_person_id: body.other_person_id ?? null },
  }),
  inviteUser: ({ answer, body }) => ({
    action: 'user.invite',
    subjectKind: 'user',
    subjectId: answer.user?.user_id,
    details: { role: body.role ?? null },
  }),
  changeUser: ({ params, body }) => ({
    action: body.disabled === undefined ? 'user.change' : body.disabled ? 'user.disable' : 'user.enable',
    subjectKind: 'user',
    subjectId: params.user_id,
    details: { role: body.role ?? null },
  }),
  removeUser: ({ params }) => ({ action: 'user.remove', subjectKind: 'user', subjectId: params.user_id }),
  createPasswordLink: ({ params }) => ({ action: 'user.link', subjectKind: 'user', subjectId: params.user_id }),
  acceptLink: ({ answer }) => ({
    action: answer.kind === 'setup' ? 'user.create' : 'user.set_password',
    subjectKind: 'user',
    subjectId: answer.user_id,
    details: { link: answer.kind ?? null },
  }),
  changePassword: ({ userId }) => ({ action: 'account.change_password', subjectKind: 'user', subjectId: userId }),
  endSessions: ({ userId }) => ({ action: 'account.end_sessions', subjectKind: 'user', subjectId: userId }),
  createKey: ({ answer, body }) => ({
    action: 'key.create',
    subjectKind: 'key',
    subjectId: answer.key_id,
    details: { scopes: body.scopes?.join(' ') ?? null },
  }),
  revokeKey: ({ params }) => ({ action: 'key.revoke', subjectKind: 'key', subjectId: params.key_id }),
  createWebhook: ({ answer, body }) => ({
    action: 'webhook.create',
    subjectKind: 'webhook',
    subjectId: answer.webhook_id,
    details: { events: body.events?.join(' ') ?? null },
  }),
  changeWebhook: ({ params, body }) => ({
    action: 'webhook.change',
    subjectKind: 'webhook',
    subjectId: params.webhook_id,
    details: { fields: changed(body) },
  }),
  deleteWebhook: ({ params }) => ({ action: 'webhook.delete', subjectKind: 'webhook', subjectId: params.webhook_id }),
  rotateWebhookSecret: ({ params }) => ({
    action: 'webhook.rotate_secret',
    subjectKind: 'webhook',
    subjectId: params.webhook_id,
  }),
  testWebhook: ({ params }) => ({ action: 'webhook.test', subjectKind: 'webhook', subjectId: params.webhook_id }),
  resendDelivery: ({ params }) => ({
    action: 'webhook.resend',
    subjectKind: 'webhook',
    subjectId: params.webhook_id,
    details: { delivery_id: params.delivery_id ?? null },
  }),
  changeSettings: ({ body }) => ({
    action: 'settings.change',
    subjectKind: 'settings',
    details: { fields: changed(body) },
  }),
  eraseImages: ({ body, answer }) => ({
    action: 'settings.erase_images',
    subjectKind: 'settings',
    details: { kind: body.kind ?? null, erased: answer.erased ?? null },
  }),
  createImport: ({ answer }) => ({ action: 'import.create', subjectKind: 'import', subjectId: answer.import_id }),
  addImportPicture: ({ params }) => ({ action: 'import.add', subjectKind: 'import', subjectId: params.import_id }),
  steerImport: ({ params, body }) => ({
    action: `import.${body.action ?? 'steer'}`,
    subjectKind: 'import',
    subjectId: params.import_id,
  }),
  deleteImport: ({ params }) => ({ action: 'import.delete', subjectKind: 'import', subjectId: params.import_id }),
  exportServer: () => ({ action: 'server.export', subjectKind: 'server' }),
  exportPerson: ({ params }) => ({ action: 'person.export', subjectKind: 'person', subjectId: params.person_id }),
  importServer: ({ answer }) => ({
    action: 'server.import',
    subjectKind: 'server',
    details: importedCounts(answer),
  }),
  backUp: () => ({ action: 'server.backup', subjectKind: 'server' }),
  createDevice: ({ answer }) => ({ action: 'device.create', subjectKind: 'device', subjectId: answer.device_id }),
  pairDevice: ({ answer }) => ({ action: 'device.pair', subjectKind: 'device', subjectId: answer.device_id }),
  changeDevice: ({ params, body }) => ({
    action: 'device.change',
    subjectKind: 'device',
    subjectId: params.device_id,
    details: { fields: changed(body) },
  }),
  unpairDevice: () => ({ action: 'device.unpair', subjectKind: 'device' }),
  revokeDevice: ({ params }) => ({ action: 'device.revoke', subjectKind: 'device', subjectId: params.device_id }),
};

/** What the log keeps of a finished call; null for calls it does not keep. */
export function auditRecordOf(operationId: string, call: FinishedCall): AuditRecord | null {
  const describe = AUDITED[operationId];
  if (!describe) return null;
  const read = (value: unknown): Fields => fields.safeParse(value ?? {}).data ?? {};
  return describe({
    params: read(call.params),
    body: read(call.body),
    answer: read(call.answer),
    userId: call.userId,
  });
}
