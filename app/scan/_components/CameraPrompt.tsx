import { Camera } from 'lucide-react';
import { Button } from './Button';
import { OfflineNote } from './OfflineNote';
import { Screen } from './Screen';
import type { ScanView } from './useScan';

/** Shown when the browser requires a tap before it opens the camera. */
export function CameraPrompt({ scan: { state, session } }: { scan: ScanView }) {
  return (
    <Screen
      testId="camera-prompt"
      icon={<Camera />}
      title={state.settings?.name ?? 'Ready'}
      actions={
        <Button
          look="primary"
          onClick={() => {
            session.tapped();
            void session.startCamera();
          }}
        >
          <Camera className="size-5" /> Start camera
        </Button>
      }
    >
      <p>
        Pictures stay on this device. Only who was recognised, and when, is sent to your server
        {state.settings?.scopes.includes('faces:enrol') && ', and the picture of anyone you add'}.
      </p>
      <OfflineNote state={state.offline} />
    </Screen>
  );
}
