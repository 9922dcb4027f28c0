// Secrets that must be readable again, encrypted before they reach the database: a copy of it alone gives nobody a second factor.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Config } from '../config.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';

export class Sealer {
  private readonly key: Buffer;
  private readonly previous: Buffer | undefined;

  /** Each purpose has a key of its own, derived from the one secret of the installation. */
  constructor({ authSecret, authSecretPrevious }: Pick<Config, 'authSecret' | 'authSecretPrevious'>, purpose: string) {
    const derived = (secret: string) => Buffer.from(hkdfSync('sha256', secret, 'vastus', purpose, 32));
    this.key = derived(authSecret);
    this.previous = authSecretPrevious === undefined ? undefined : derived(authSecretPrevious);
  }

  /** `about` says whose secret it is: a ciphertext moved to another row cannot be opened. */
  seal(text: string, about: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, nonce).setAAD(Buffer.from(about));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${sealed.toString('base64url')}`;
  }

  /** The text, or `undefined` where it was sealed with a secret that is neither this one nor the one before, or changed since. */
  open(sealed: string, about: string): string | undefined {
    return openWith(this.key, sealed, about) ?? (this.previous && openWith(this.previous, sealed, about));
  }

  /** The same text under the secret of today; `current` where it is under that already, and `lost` where neither secret opens it. */
  renew(sealed: string, about: string): { sealed: string } | 'current' | 'lost' {
    if (openWith(this.key, sealed, about) !== undefined) return 'current';
    const text = this.open(sealed, about);
    return text === undefined ? 'lost' : { sealed: this.seal(text, about) };
  }
}

function openWith(key: Buffer, sealed: string, about: string): string | undefined {
  const [version, encoded] = sealed.split('.', 2);
  const bytes = Buffer.from(encoded ?? '', 'base64url');
  if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(about))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
