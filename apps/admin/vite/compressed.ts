/** Beside every file of text its gzip and brotli forms, as small as they get: the server only picks one (name.js.br, name.js.gz). */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(js|css|html|svg|json|webmanifest)$/;
/** Below one packet there is nothing to win. */
const LEAST_BYTES = 1_000;
const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

export function compressed(): Plugin {
  let folder = '';
  return {
    name: 'vastus:compressed',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir);
    },
    async closeBundle(failure) {
      // There is nothing to compress then, and that must not be what is said about it.
      if (failure) return;
      const names = await readdir(folder, { recursive: true });
      await Promise.all(names.filter((name) => TEXT.test(name)).map((name) => compress(path.join(folder, name))));
    },
  };
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  if (content.length < LEAST_BYTES) return;
  const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await writeFile(`${file}.gz`, await gzip(content, { level: 9 }));
  await writeFile(`${file}.br`, await brotli(content, { params }));
}
