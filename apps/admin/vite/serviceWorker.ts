/** Puts the service worker beside index.html, with the list of the files it keeps. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const source = fileURLToPath(new URL('./sw.js', import.meta.url));
/** The lists of leaked passwords are large, and of use to somebody once. */
const LEFT = /^assets\/passwordStrength-/;
/** Fonts of other scripts than Latin are fetched when a name needs them. */
const KEPT = /^assets\/.*\.(js|css)$|^assets\/inter-latin-wght-normal.*\.woff2$/;

export function serviceWorker(): Plugin {
  return {
    name: 'vastus:service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = Object.keys(bundle)
        .filter((name) => KEPT.test(name) && !LEFT.test(name))
        .sort()
        .map((name) => `/${name}`);
      const version = createHash('sha256').update(files.join()).update(readFileSync(source)).digest('hex').slice(0, 12);
      const code = readFileSync(source, 'utf8')
        .replace('__VERSION__', version)
        .replace('__FILES__', JSON.stringify(['/index.html', '/favicon.svg', ...files]));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: code });
    },
  };
}
