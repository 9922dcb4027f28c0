// Chance that repeats: the same seed gives the same history on every machine.

const HEX = Array.from({ length: 0x1_0000 }, (_, value) => value.toString(16).padStart(4, '0'));

/** sfc32, seeded by a string. */
export class Chance {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;
  private timeOf = -1;
  private time = '';

  constructor(seed: string) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
    this.a = hash | 0;
    this.b = Math.imul(hash ^ 0x9e3779b9, 0x85ebca6b);
    this.c = Math.imul(hash ^ 0x243f6a88, 0xc2b2ae35);
    for (let i = 0; i < 12; i++) this.bits();
  }

  /** 0 ≤ x < 1 */
  next(): number {
    return this.bits() / 0x1_0000_0000;
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `low` to `high`, both possible. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** A number between the two, rounded to `digits`. */
  between(low: number, high: number, digits = 0): number {
    const scale = 10 ** digits;
    return Math.round((low + this.next() * (high - low)) * scale) / scale;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }

  /** One of several, each with its weight. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T {
    let at = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [choice, weight] of choices) {
      at -= weight;
      if (at < 0) return choice;
    }
    return choices.at(-1)![0];
  }

  /** A UUIDv7 of the given millisecond. */
  uuid(atMs: number): string {
    if (atMs !== this.timeOf) {
      const time = atMs.toString(16).padStart(12, '0');
      this.timeOf = atMs;
      this.time = `${time.slice(0, 8)}-${time.slice(8)}-`;
    }
    const first = this.bits();
    const second = this.bits();
    const third = this.bits();
    const word = (value: number) => HEX[value & 0xffff]!;
    return `${this.time}${word(0x7000 | (first & 0xfff))}-${word(0x8000 | ((first >>> 16) & 0x3fff))}-${word(second)}${word(third)}${word(third >>> 16)}`;
  }

  private bits(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t;
    this.c |= 0;
    return t >>> 0;
  }
}
