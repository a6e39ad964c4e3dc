import type { EventQueue } from '../events/EventQueue';
import { call, ServerError } from '../server';
import type { Enrolment, EnrolmentQueue } from './EnrolmentQueue';

/** Statuses after which asking again may help: overloaded, rate limited, or broken for now. */
const isPassing = (status: number): boolean => status === 429 || status >= 500;

/**
 * Sends who waits. What the server refuses for good (no face, too blurred, somebody else) comes back as the reason;
 * what fails for now stays waiting. Throws what `call` throws for the whole connection.
 */
export async function sendEnrolments(queue: EnrolmentQueue, events: EventQueue, token: string): Promise<void> {
  for (const enrolment of await queue.all()) {
    if (enrolment.status.kind !== 'waiting') continue;
    try {
      const faceId = await enrol(enrolment, token);
      await events.settleEnrolment(enrolment.id, faceId);
      await queue.setStatus(enrolment, { kind: 'sent', faceId });
    } catch (error) {
      if (!(error instanceof ServerError) || isPassing(error.status)) throw error;
      await events.settleEnrolment(enrolment.id, null);
      await queue.setStatus(enrolment, { kind: 'refused', reason: error.message });
    }
  }
}

async function enrol({ id, name, picture }: Enrolment, token: string): Promise<number> {
  const form = new FormData();
  form.set('image', new Blob([picture], { type: 'image/jpeg' }), 'face.jpg');
  form.set('select', 'largest');
  form.set('unique_args', JSON.stringify({ user_name: name, enrolment_id: id }));
  const { face_id }: { face_id: number } = await (await call({ path: '/face', token, form })).json();
  return face_id;
}
