import type { ErrorCode } from '@/lib/shared/contract/errors';
import type { Operation } from '@/lib/shared/contract/operation';
import { OPERATIONS } from '@/lib/shared/contract/operations';
import { authorised, type HostileCase } from './hostileCase';
import { send } from './send';

/** Bodies that no call accepts. */
const BODIES: [name: string, type: string, body: string][] = [
  ['that is no JSON', 'application/json', '{"a":'],
  ['that is an array', 'application/json', '[1]'],
  ['of text', 'text/plain', 'hello'],
  ['that is not UTF-8', 'application/x-www-form-urlencoded', 'a=%ff'],
];

/** The right one depends on what is checked first: the key, the existence of the thing, or the body. */
const REFUSED: ErrorCode[] = ['BAD_REQUEST', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'RATE_LIMITED'];

const pathOf = (operation: Operation, parameter: string) => operation.path.replace(/\{\w+\}/g, parameter);

/**
 * Returns cases of every call in the contract, including those that this table does not name. Each case has either no
 * credentials, or a path parameter or a body that no call accepts.
 */
export function operationCases(): HostileCase[] {
  return OPERATIONS.flatMap((operation) => {
    const method = operation.method.toUpperCase();
    const cases: HostileCase[] = [];
    if (operation.scope !== null) {
      cases.push({
        name: `${operation.id} without credentials`,
        expected: ['UNAUTHENTICATED'],
        send: ({ origin }) => send({ origin, method, path: pathOf(operation, '1') }),
      });
    }
    if (operation.params) {
      for (const parameter of ['abc', '-1', '%00', '9'.repeat(40), '..%2f..']) {
        cases.push({
          name: `${operation.id} of ${parameter}`,
          expected: REFUSED,
          send: (target) =>
            send({ origin: target.origin, method, path: pathOf(operation, parameter), headers: authorised(target) }),
        });
      }
    }
    if (operation.body) {
      for (const [name, type, body] of BODIES) {
        cases.push({
          name: `${operation.id} with a body ${name}`,
          expected: REFUSED,
          send: (target) =>
            send({
              origin: target.origin,
              method,
              path: pathOf(operation, '1'),
              headers: { ...authorised(target), 'content-type': type },
              body,
            }),
        });
      }
    }
    return cases;
  });
}
