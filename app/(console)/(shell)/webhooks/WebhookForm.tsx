'use client';
import { type ReactNode, useId, useState } from 'react';
import { WEBHOOK_EVENTS, type WebhookEvent } from '@/lib/shared/contract/webhooks';
import { Checkbox } from '../../_components/ui/Checkbox';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';
import { SwitchField } from '../../_components/ui/SwitchField';
import { ApiError } from '../../_lib/api';
import { EVENT_MEANING } from './events';

export interface WebhookValues {
  url: string;
  events: WebhookEvent[];
  include_names: boolean;
}

interface WebhookFormProps {
  initial: WebhookValues;
  error: unknown;
  /** Renders the end of the form: buttons, and the error unless a field shows it. */
  actions: (state: { disabled: boolean; error: unknown }) => ReactNode;
  onSubmit: (values: WebhookValues) => void;
}

/** Form of a webhook: URL, events and names. For creating and changing. */
export function WebhookForm({ initial, error, actions, onSubmit }: WebhookFormProps) {
  const id = useId();
  const [values, setValues] = useState(initial);
  const change = (part: Partial<WebhookValues>) => setValues({ ...values, ...part });
  const aboutUrl = error instanceof ApiError && error.field === 'url';
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(values);
      }}
    >
      <Field
        label="Address"
        error={aboutUrl ? error.message : undefined}
        hint={
          /^http:/i.test(values.url)
            ? 'Without https, others on the network can read the posts.'
            : 'The URL that receives events, such as https://example.org/hooks/kith.'
        }
      >
        <Input
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={values.url}
          onChange={(event) => change({ url: event.target.value })}
        />
      </Field>
      <fieldset>
        <legend className="mb-2 text-[13px] font-medium">Events</legend>
        <div className="flex flex-col gap-2">
          {WEBHOOK_EVENTS.map((event) => (
            <div key={event} className="flex items-center gap-2.5 text-sm">
              <Checkbox
                id={`${id}${event}`}
                checked={values.events.includes(event)}
                onCheckedChange={(on) =>
                  change({ events: on ? [...values.events, event] : values.events.filter((other) => other !== event) })
                }
              />
              <label htmlFor={`${id}${event}`}>
                {EVENT_MEANING[event].label} <span className="text-muted">{EVENT_MEANING[event].meaning}</span>
              </label>
            </div>
          ))}
        </div>
      </fieldset>
      <SwitchField
        label="Include names"
        hint="Otherwise only ids leave this server. Pictures and encodings never do."
        checked={values.include_names}
        onCheckedChange={(include_names) => change({ include_names })}
      />
      {actions({
        disabled: values.events.length === 0 || values.url.trim() === '',
        error: aboutUrl ? null : error,
      })}
    </form>
  );
}
