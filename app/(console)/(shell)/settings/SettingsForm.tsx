'use client';
import type { ReactNode } from 'react';
import { Button } from '../../_components/ui/Button';
import { Card, CardHeader } from '../../_components/ui/Card';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { type SettingsChange, useSettings } from './useSettings';

interface SettingsFormProps {
  title: string;
  description: string;
  /** Name of the button, which begins with the word that it shows: "Save". */
  action: string;
  /** The change to save. Null if there is none, or if it is invalid. */
  change: SettingsChange | null;
  children: ReactNode;
  /** Further content of the card, which is not saved with it. */
  below?: ReactNode;
}

/** A card of settings that are saved together. */
export function SettingsForm({ title, description, action, change, children, below }: SettingsFormProps) {
  const { save, error, pending } = useSettings();
  return (
    <Card className="pb-5">
      <CardHeader title={title} description={description} />
      <form
        noValidate
        className="flex flex-col gap-4 px-5 pt-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (change) save(change);
        }}
      >
        {children}
        {error ? <ErrorNotice error={error} /> : null}
        <Button
          type="submit"
          variant="primary"
          className="self-start"
          aria-label={action}
          pending={pending}
          disabled={change === null}
        >
          Save
        </Button>
      </form>
      {below}
    </Card>
  );
}
