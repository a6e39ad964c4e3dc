import * as accuracy from './accuracy';
import * as audit from './audit';
import * as devices from './devices';
import * as events from './events';
import * as faces from './faces';
import * as feed from './feed';
import * as gallery from './gallery';
import * as groups from './groups';
import * as imports from './imports';
import * as keys from './keys';
import type { Operation } from './operation';
import * as people from './people';
import * as review from './review';
import * as server from './server';
import * as settings from './settings';
import * as transfer from './transfer';
import * as users from './users';
import * as webhooks from './webhooks';

/** Every call of the API, in the order the OpenAPI document lists them. */
export const OPERATIONS: readonly Operation[] = [
  faces.enrolFace,
  faces.readFace,
  faces.updateFace,
  faces.deleteFace,
  faces.matchFaces,
  faces.detectFaces,
  faces.verifyFace,
  feed.syncFaces,
  faces.listFaces,
  gallery.changeFace,
  gallery.readCrop,
  gallery.readPicture,
  people.listPeople,
  people.createPerson,
  people.readPerson,
  people.updatePerson,
  people.deletePerson,
  people.mergePeople,
  people.listDuplicates,
  people.markDistinct,
  groups.listGroups,
  groups.createGroup,
  groups.changeGroup,
  groups.deleteGroup,
  groups.changeMembers,
  review.listReview,
  review.keepReviewItem,
  imports.listImports,
  imports.createImport,
  imports.readImport,
  imports.addImportPicture,
  imports.steerImport,
  imports.deleteImport,
  imports.repairImportRow,
  imports.deleteImportRow,
  imports.readImportPicture,
  users.listUsers,
  users.inviteUser,
  users.changeUser,
  users.removeUser,
  users.createPasswordLink,
  users.acceptLink,
  users.changePassword,
  users.endSessions,
  keys.listKeys,
  keys.createKey,
  keys.revokeKey,
  webhooks.listWebhooks,
  webhooks.createWebhook,
  webhooks.changeWebhook,
  webhooks.deleteWebhook,
  webhooks.rotateWebhookSecret,
  webhooks.testWebhook,
  webhooks.listDeliveries,
  webhooks.resendDelivery,
  settings.readSettings,
  settings.changeSettings,
  settings.eraseImages,
  accuracy.readAccuracy,
  audit.listAudit,
  devices.listDevices,
  devices.createDevice,
  devices.pairDevice,
  devices.contactDevice,
  devices.unpairDevice,
  devices.changeDevice,
  devices.revokeDevice,
  events.recordEvents,
  events.listEvents,
  events.readEvent,
  events.correctEvent,
  events.takeBackCorrection,
  transfer.exportServer,
  transfer.exportPerson,
  transfer.importServer,
  transfer.backUp,
  server.readHealth,
  server.readReadiness,
  server.runDueWork,
  server.readMetrics,
  server.readOpenApi,
];
