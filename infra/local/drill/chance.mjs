// Chance that can be repeated: the same seed, the same draws. It decides what happens, not at which moment.
import { createHash } from 'node:crypto';

export class Chance {
  #state;

  constructor(seed) {
    this.#state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  }

  /** From 0 up to, not including, 1 (mulberry32). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(least, most) {
    return Math.floor(least + this.next() * (most - least + 1));
  }

  one(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  happens(share) {
    return this.next() < share;
  }

  /** One of the keys of `weights`, the heavier the more often. */
  weighted(weights) {
    let left = this.next() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    for (const [key, weight] of Object.entries(weights)) {
      left -= weight;
      if (left < 0) return key;
    }
    return Object.keys(weights)[0];
  }
}
