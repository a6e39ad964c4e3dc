'use client';
import { Button } from '../../_components/ui/Button';
import { CopyField } from '../../_components/ui/CopyField';
import { DialogActions } from '../../_components/ui/Dialog';

/** A signing secret in the one moment it can be seen. */
export function SecretOnce({ secret, hint, onClose }: { secret: string; hint: string; onClose: () => void }) {
  return (
    <>
      <CopyField label="Signing secret" value={secret} hint={hint} />
      <DialogActions>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </>
  );
}
