'use client';
import type { ReactNode } from 'react';
import { Button } from '../../_components/ui/Button';
import { Card, CardHeader } from '../../_components/ui/Card';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { type SettingsChange, useSettings } from './useSettings';

interface SettingsFormProps {
  title: string;
  description: string;
  /** What the button does, as it says. */
  action: string;
  /** What would be saved; null while there is nothing to save, or it cannot be. */
  change: SettingsChange | null;
  children: ReactNode;
  /** What stands on the card and is not saved with it. */
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
        <Button type="submit" variant="primary" className="self-start" pending={pending} disabled={change === null}>
          {action}
        </Button>
      </form>
      {below}
    </Card>
  );
}
