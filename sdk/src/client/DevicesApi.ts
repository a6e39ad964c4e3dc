import type { CallOptions, Transport } from './Transport.ts';
import type { CreatedDevice, Device, DeviceSettings, DeviceState, LivenessMode, PairedDevice } from './types.ts';

/** Phones and tablets that recognise by themselves. */
export class DevicesApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Every device, revoked ones too, newest first. */
  async list({ signal }: CallOptions = {}): Promise<Device[]> {
    const { devices } = await this.#transport.json<{ devices: Device[] }>({
      method: 'GET',
      path: '/api/devices',
      signal,
    });
    return devices;
  }

  /** Starts pairing: the code is good once, for ten minutes. */
  create(
    device: { name: string; allow_enrolment?: boolean; liveness?: LivenessMode; groups?: number[] | null },
    { signal }: CallOptions = {},
  ): Promise<CreatedDevice> {
    return this.#transport.json({ method: 'POST', path: '/api/devices', body: { ...device }, signal });
  }

  /** On the device, without a key: gives the code for a token, once. */
  pair(pairingCode: string, { signal }: CallOptions = {}): Promise<PairedDevice> {
    const body = { pairing_code: pairingCode };
    return this.#transport.json({ method: 'POST', path: '/api/devices/pair', body, signal });
  }

  /**
   * On the device, before it syncs: tells how it is, learns how to work. A revoked one gets error 1100 with
   * `body.revoked`, here and on every other call, and has to wipe what it keeps.
   */
  contact(state: DeviceState, { signal }: CallOptions = {}): Promise<DeviceSettings> {
    const body = { ...state };
    return this.#transport.json({ method: 'POST', path: '/api/devices/contact', body, idempotent: true, signal });
  }

  /** On the device: gives itself up, before it wipes what it keeps. */
  async unpair({ signal }: CallOptions = {}): Promise<void> {
    await this.#transport.json({ method: 'POST', path: '/api/devices/unpair', signal });
  }

  /** Changes what an administrator decides; what is absent stays. */
  change(
    deviceId: number,
    change: { name?: string; allow_enrolment?: boolean; liveness?: LivenessMode; groups?: number[] | null },
    { signal }: CallOptions = {},
  ): Promise<Device> {
    return this.#transport.json({ method: 'PATCH', path: `/api/devices/${deviceId}`, body: { ...change }, signal });
  }

  /** Its token stops working at once; it wipes itself at its next contact. */
  async revoke(deviceId: number, { signal }: CallOptions = {}): Promise<void> {
    await this.#transport.json({ method: 'DELETE', path: `/api/devices/${deviceId}`, signal });
  }
}
