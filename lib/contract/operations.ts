import * as faces from './faces';
import * as feed from './feed';
import type { Operation } from './operation';
import * as people from './people';
import * as server from './server';

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
  people.listPeople,
  people.createPerson,
  people.readPerson,
  people.updatePerson,
  people.deletePerson,
  people.mergePeople,
  server.readHealth,
  server.readReadiness,
  server.readMetrics,
  server.readOpenApi,
];
