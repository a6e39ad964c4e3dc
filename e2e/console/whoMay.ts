import type { Role } from '../../lib/accounts/permissions';

/** Who may: an administrator, an operator too, everybody who is signed in, or a paired device alone. */
export type Who = 'admin' | 'operators' | 'signed in' | 'devices' | 'anyone';

const ROLES: Record<Who, readonly Role[]> = {
  admin: ['admin'],
  operators: ['admin', 'operator'],
  'signed in': ['admin', 'operator', 'viewer'],
  devices: [],
  anyone: ['admin', 'operator', 'viewer'],
};

export const may = (role: Role, who: Who): boolean => ROLES[who].includes(role);

/** Every page of the console, as its folder is called. A page that is missing here fails the test. */
export const PAGES: Record<string, Who> = {
  '/': 'signed in',
  '/account': 'signed in',
  '/audit': 'admin',
  '/devices': 'signed in',
  '/docs': 'signed in',
  '/events': 'signed in',
  '/export': 'admin',
  '/import': 'operators',
  '/import/[importId]': 'operators',
  '/keys': 'admin',
  '/people': 'signed in',
  '/people/[personId]': 'signed in',
  '/samples': 'signed in',
  '/settings': 'admin',
  '/try': 'operators',
  '/users': 'admin',
  '/webhooks': 'admin',
  '/webhooks/[webhookId]': 'admin',
};

/** Every call of the API by its id. A call that is missing here fails the test. */
export const CALLS: Record<string, Who> = {
  readFace: 'signed in',
  listFaces: 'signed in',
  readCrop: 'signed in',
  listPeople: 'signed in',
  readPerson: 'signed in',
  listDuplicates: 'signed in',
  listEvents: 'signed in',
  changePassword: 'signed in',
  endSessions: 'signed in',

  enrolFace: 'operators',
  updateFace: 'operators',
  deleteFace: 'operators',
  changeFace: 'operators',
  matchFaces: 'operators',
  detectFaces: 'operators',
  verifyFace: 'operators',
  readPicture: 'operators',
  createPerson: 'operators',
  updatePerson: 'operators',
  deletePerson: 'operators',
  mergePeople: 'operators',
  markDistinct: 'operators',
  listImports: 'operators',
  createImport: 'operators',
  readImport: 'operators',
  addImportPicture: 'operators',
  steerImport: 'operators',
  recordEvents: 'operators',

  syncFaces: 'admin',
  listUsers: 'admin',
  inviteUser: 'admin',
  changeUser: 'admin',
  removeUser: 'admin',
  createPasswordLink: 'admin',
  listKeys: 'admin',
  createKey: 'admin',
  revokeKey: 'admin',
  listWebhooks: 'admin',
  createWebhook: 'admin',
  changeWebhook: 'admin',
  deleteWebhook: 'admin',
  rotateWebhookSecret: 'admin',
  testWebhook: 'admin',
  listDeliveries: 'admin',
  resendDelivery: 'admin',
  readSettings: 'admin',
  changeSettings: 'admin',
  eraseImages: 'admin',
  listAudit: 'admin',
  listDevices: 'admin',
  createDevice: 'admin',
  changeDevice: 'admin',
  revokeDevice: 'admin',
  readMetrics: 'admin',
  exportServer: 'admin',
  exportPerson: 'admin',
  importServer: 'admin',
  backUp: 'admin',

  contactDevice: 'devices',
  unpairDevice: 'devices',

  acceptLink: 'anyone',
  pairDevice: 'anyone',
  readHealth: 'anyone',
  readReadiness: 'anyone',
  readOpenApi: 'anyone',
};
