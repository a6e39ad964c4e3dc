import type { CallOptions, Transport } from './Transport.ts';
import type { CreatedDevice, Device, DeviceSettings, DeviceState, LivenessMode, PairedDevice } from './types.ts';

/** Phones and tablets that recognise faces themselves. */
export class DevicesApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Returns all devices, newest first, including revoked ones. */
  async list({ signal }: CallOptions = {}): Promise<Device[]> {
    const { devices } = await this.#transport.json<{ devices: Device[] }>({
      method: 'GET',
      path: '/api/devices',
      signal,
    });
    return devices;
  }

  /** Starts pairing. The code expires after ten minutes, and can be used once. */
  create(
    device: { name: string; allow_enrolment?: boolean; liveness?: LivenessMode; groups?: number[] | null },
    { signal }: CallOptions = {},
  ): Promise<CreatedDevice> {
    return this.#transport.json({ method: 'POST', path: '/api/devices', body: { ...device }, signal });
  }

  /** On the device, without a key: exchanges the pairing code for a token. Works once per code. */
  pair(pairingCode: string, { signal }: CallOptions = {}): Promise<PairedDevice> {
    const body = { pairing_code: pairingCode };
    return this.#transport.json({ method: 'POST', path: '/api/devices/pair', body, signal });
  }

  /**
   * On the device, before it syncs: reports its state and returns its settings. A revoked device gets error 1100 with
   * `body.revoked`, here and from every other call. It must then erase its data.
   */
  contact(state: DeviceState, { signal }: CallOptions = {}): Promise<DeviceSettings> {
    const body = { ...state };
    return this.#transport.json({ method: 'POST', path: '/api/devices/contact', body, idempotent: true, signal });
  }

  /** On the device: revokes its own token. Call this before the device erases its data. */
  async unpair({ signal }: CallOptions = {}): Promise<void> {
    await this.#transport.json({ method: 'POST', path: '/api/devices/unpair', signal });
  }

  /** Changes settings of a device. Absent fields stay. */
  change(
    deviceId: number,
    change: { name?: string; allow_enrolment?: boolean; liveness?: LivenessMode; groups?: number[] | null },
    { signal }: CallOptions = {},
  ): Promise<Device> {
    return this.#transport.json({ method: 'PATCH', path: `/api/devices/${deviceId}`, body: { ...change }, signal });
  }

  /** Revokes a device. Its token stops working at once; the device erases its data at its next contact. */
  async revoke(deviceId: number, { signal }: CallOptions = {}): Promise<void> {
    await this.#transport.json({ method: 'DELETE', path: `/api/devices/${deviceId}`, signal });
  }
}
