/** Sound and vibration for a result. Browsers allow sound only after a tap; until then it is silent. */
export class Feedback {
  #audio: AudioContext | null = null;
  muted = false;

  /** Enables sound. Must be called in the handler of a tap. */
  unlock(): void {
    this.#audio ??= new AudioContext();
    void this.#audio.resume();
  }

  /** A person was recognised: two rising tones and a short vibration. */
  known(): void {
    this.#give([660, 880], [60]);
  }

  /** Unknown, or liveness failed: one low tone and two vibrations. */
  unknown(): void {
    this.#give([220], [40, 60, 40]);
  }

  #give(tones: number[], vibration: number[]): void {
    if (this.muted) return;
    navigator.vibrate?.(vibration);
    const audio = this.#audio;
    if (audio?.state !== 'running') return;
    tones.forEach((frequency, i) => {
      const start = audio.currentTime + i * 0.1;
      const gain = audio.createGain();
      gain.gain.setValueAtTime(0.12, start);
      gain.gain.exponentialRampToValueAtTime(0.001, start + 0.18);
      const tone = audio.createOscillator();
      tone.frequency.value = frequency;
      tone.connect(gain).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.2);
    });
  }
}
