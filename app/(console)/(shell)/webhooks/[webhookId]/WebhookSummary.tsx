import type { WebhookAnswer } from '@/lib/shared/contract/webhooks';
import { Badge } from '../../../_components/ui/Badge';
import { Card } from '../../../_components/ui/Card';
import { Time } from '../../../_components/ui/Time';
import { eventLabel } from '../events';

/** Shows the events of a webhook and the state of its deliveries. */
export function WebhookSummary({ webhook }: { webhook: WebhookAnswer }) {
  const facts = [
    {
      label: 'Status',
      value: (
        <Badge tone={webhook.active ? 'good' : 'neutral'} className="text-sm">
          {webhook.active ? 'active' : 'paused'}
        </Badge>
      ),
    },
    {
      label: 'Events',
      value: (
        <span className="flex flex-wrap gap-1">
          {webhook.events.map((event) => (
            <Badge key={event} className="text-sm">
              {eventLabel(event)}
            </Badge>
          ))}
        </span>
      ),
    },
    { label: 'Names', value: webhook.include_names ? 'included' : 'left out, only ids are sent' },
    {
      label: 'Last delivered',
      value: webhook.last_delivered_at ? <Time value={webhook.last_delivered_at} /> : 'never',
    },
    { label: 'Waiting', value: webhook.waiting },
    { label: 'Failed', value: webhook.failed },
  ];
  return (
    <Card className="p-5">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 text-sm md:grid-cols-3">
        {facts.map(({ label, value }) => (
          <div key={label} className="min-w-0">
            <dt className="text-[13px] text-muted">{label}</dt>
            <dd className="mt-1 font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
