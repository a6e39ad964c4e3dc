import { expect, test } from 'vitest';
import type { CameraOptions } from '../../options/CameraOptions';
import { chooseMissing } from './chooseMissing';
import type { FoundPeople } from './findPeople';
import { camerasOfAvfoundation, camerasOfDshow, camerasOfV4l2, type FoundCamera } from './listCameras';

test('reads the cameras that ffmpeg lists on Linux', () => {
  const text = `Auto-detected sources for video4linux2,v4l2:
* /dev/video0 [Integrated Camera: Integrated C] (video)
  /dev/video2 [HD Pro Webcam C920]
`;
  expect(camerasOfV4l2(text)).toEqual([
    { device: '/dev/video0', name: 'Integrated Camera: Integrated C' },
    { device: '/dev/video2', name: 'HD Pro Webcam C920' },
  ]);
});

test('reads those of a Mac, without microphones and screens', () => {
  const text = `[AVFoundation indev @ 0x7f8] AVFoundation video devices:
[AVFoundation indev @ 0x7f8] [0] FaceTime HD Camera
[AVFoundation indev @ 0x7f8] [1] Capture screen 0
[AVFoundation indev @ 0x7f8] AVFoundation audio devices:
[AVFoundation indev @ 0x7f8] [0] Built-in Microphone
: Input/output error`;
  expect(camerasOfAvfoundation(text)).toEqual([{ device: '0', name: 'FaceTime HD Camera' }]);
});

test('reads those of Windows, by ffmpeg before and since version 5', () => {
  const now = `[dshow @ 000001] "HD Webcam" (video)
[dshow @ 000001]   Alternative name "@device_pnp_..."
[dshow @ 000001] "Microphone" (audio)`;
  const before = `[dshow @ 000001] DirectShow video devices (some may be both video and audio devices)
[dshow @ 000001]  "HD Webcam"
[dshow @ 000001]     Alternative name "@device_pnp_..."
[dshow @ 000001] DirectShow audio devices
[dshow @ 000001]  "Microphone"`;
  for (const text of [now, before]) {
    expect(camerasOfDshow(text)).toEqual([{ device: 'video=HD Webcam', name: 'HD Webcam' }]);
  }
});

const options = { fps: 5, stall: 10, minTrust: 50 } as CameraOptions;
const webcam = { device: '/dev/video0', name: 'Webcam' };
const other = { device: '/dev/video2', name: 'Other' };
const find = (cameras: FoundCamera[], people: FoundPeople[], answer: number | null = null) => ({
  cameras: async () => cameras,
  people: async () => people,
  choose: async () => answer,
});

test('takes what is there once', async () => {
  expect(await chooseMissing(undefined, options, find([webcam], [{ known: 'people' }]))).toMatchObject({
    device: '/dev/video0',
    known: 'people',
  });
});

test('asks where there are several; without a terminal takes the first camera, and no people', async () => {
  const people = [{ known: 'people' }, { gallery: 'a.kith' }];
  expect(await chooseMissing(undefined, options, find([webcam, other], people, 1))).toMatchObject({
    device: '/dev/video2',
    gallery: 'a.kith',
  });
  expect(await chooseMissing(undefined, { ...options, known: 'x' }, find([webcam, other], people))).toMatchObject({
    device: '/dev/video0',
    known: 'x',
  });
  await expect(chooseMissing(undefined, options, find([webcam], people))).rejects.toThrow(
    'There are several: --known people, --gallery a.kith. Give one of them.',
  );
  await expect(chooseMissing(undefined, options, find([webcam], []))).rejects.toThrow('Make a folder of pictures');
});

test('looks for nothing that was given', async () => {
  const given = { ...options, server: 'http://kith.test', url: 'rtsp://cam' };
  expect(await chooseMissing(undefined, given, find([webcam], [{ known: 'people' }]))).toEqual(given);
  expect(await chooseMissing('film.mp4', { ...options, known: 'x' }, find([webcam], []))).not.toHaveProperty('device');
});
