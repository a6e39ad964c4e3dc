import { EllipsisVertical, Flashlight, FlashlightOff, SwitchCamera, Volume2, VolumeX } from 'lucide-react';
import { PictureButton } from './Button';
import type { ScanView } from './useScan';

/** Buttons on top of the picture, in a column within reach of the thumb. */
export function PictureControls({ scan: { state, session }, onMenu }: { scan: ScanView; onMenu: () => void }) {
  const { camera, local } = state;
  const torch = camera.kind === 'running' ? camera.torch : 'none';
  return (
    <div className="flex flex-col gap-3">
      <PictureButton label="Menu" onClick={onMenu}>
        <EllipsisVertical />
      </PictureButton>
      {camera.kind === 'running' && camera.several && (
        <PictureButton label="Switch camera" onClick={() => void session.switchCamera()}>
          <SwitchCamera />
        </PictureButton>
      )}
      {torch !== 'none' && (
        <PictureButton
          label={torch === 'on' ? 'Light off' : 'Light on'}
          onClick={() => void session.setTorch(torch === 'off')}
        >
          {torch === 'on' ? <FlashlightOff /> : <Flashlight />}
        </PictureButton>
      )}
      <PictureButton
        label={local.muted ? 'Sound on' : 'Mute'}
        aria-pressed={local.muted}
        onClick={() => void session.setMuted(!local.muted)}
      >
        {local.muted ? <VolumeX /> : <Volume2 />}
      </PictureButton>
    </div>
  );
}
