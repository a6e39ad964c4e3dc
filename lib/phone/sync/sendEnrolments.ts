import type { Enrolment, EnrolmentQueue } from '@/lib/phone/store/EnrolmentQueue';
import type { EventQueue } from '@/lib/phone/store/EventQueue';
import { ask, ServerError } from './server';

/** The attribute by which a sample is known again as an enrolment of this phone. */
export const ENROLMENT_ID = 'enrolment_id';

/** Statuses after which asking again may help: overloaded, rate limited, or broken for now. */
const isPassing = (status: number): boolean => status === 429 || status >= 500;

/**
 * Sends who waits. What the server refuses for good (no face, too blurred, somebody else) comes back as the reason;
 * what fails for now stays waiting. Throws what `ask` throws for the whole connection. Answers how many were taken.
 * @param onSent called after each enrolment, taken or refused
 */
export async function sendEnrolments(
  queue: EnrolmentQueue,
  events: EventQueue,
  token: string,
  onSent: () => void = () => {},
): Promise<number> {
  let taken = 0;
  for (const enrolment of await queue.all()) {
    if (enrolment.status.kind !== 'waiting') continue;
    try {
      const faceId = await enrol(enrolment, token);
      await events.settleEnrolment(enrolment.id, faceId);
      await queue.setStatus(enrolment, { kind: 'sent', faceId });
      taken += 1;
    } catch (error) {
      if (!(error instanceof ServerError) || isPassing(error.status)) throw error;
      await events.settleEnrolment(enrolment.id, null);
      await queue.setStatus(enrolment, { kind: 'refused', reason: error.message });
    }
    onSent();
  }
  return taken;
}

async function enrol({ id, name, picture }: Enrolment, token: string): Promise<number> {
  const options = {
    select: 'largest' as const,
    // Somebody may have enrolled them elsewhere while this phone was offline.
    if_known: 'refuse' as const,
    unique_args: { user_name: name, [ENROLMENT_ID]: id },
  };
  const file = new Blob([picture], { type: 'image/jpeg' });
  // Sent at each sync until it is answered: always under the same key.
  return (await ask(token, (kith) => kith.faces.enrol(file, options, { idempotencyKey: id }))).face_id;
}
