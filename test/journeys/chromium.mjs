// A Chromium that needs nothing installed: unpacks the one inside @sparticuz/chromium with its own libraries and fonts.
// VASTUS_CHROMIUM names another one, which other processors than x64 need.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import { chromium } from 'playwright-core';

const modules = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../node_modules');
// Not the arguments the package proposes: with --single-process the browser dies when a second context opens.
const args = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'];

/**
 * Starts the browser, with further arguments if any; close it with `browser.close()`.
 * @param {import('playwright-core').LaunchOptions} [options]
 */
export async function openChromium({ args: more = [], ...options } = {}) {
  const known = await executable();
  return chromium.launch({ headless: true, ...known, ...options, args: [...known.args, ...more] });
}

async function executable() {
  if (process.env.VASTUS_CHROMIUM) return { executablePath: process.env.VASTUS_CHROMIUM, args };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The packaged Chromium is for linux-x64 only: set VASTUS_CHROMIUM to a Chromium for ${process.platform}-${process.arch}.`,
    );
  }
  const dir = await unpack();
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: [path.join(dir, 'libs/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    FONTCONFIG_FILE: path.join(dir, 'fonts.conf'),
  };
  return { executablePath: path.join(dir, 'chromium'), args, env };
}

async function unpack() {
  const source = fs.realpathSync(path.join(modules, '@sparticuz/chromium'));
  const { version } = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8'));
  const dir = path.join(modules, '.cache', `chromium-${version}`);
  if (fs.existsSync(dir)) return dir;
  const tar = createRequire(path.join(source, 'package.json'))('tar-fs');
  fs.mkdirSync(path.dirname(dir), { recursive: true });
  const draft = fs.mkdtempSync(`${dir}.`);
  const inflate = (file) => fs.createReadStream(path.join(source, 'bin', file)).pipe(zlib.createBrotliDecompress());
  await pipeline(inflate('chromium.br'), fs.createWriteStream(path.join(draft, 'chromium'), { mode: 0o755 }));
  await pipeline(inflate('al2023.tar.br'), tar.extract(path.join(draft, 'libs')));
  await pipeline(inflate('swiftshader.tar.br'), tar.extract(draft));
  await pipeline(inflate('fonts.tar.br'), tar.extract(path.join(draft, 'fonts')));
  // The package's own font configuration names folders that are not there: pages would come out without any text. Named from where the
  // file stands, so that a checkout may be moved or copied: a browser that finds no font at all dies at the first page.
  fs.writeFileSync(
    path.join(draft, 'fonts.conf'),
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir prefix="relative">fonts</dir></fontconfig>',
  );
  try {
    fs.renameSync(draft, dir);
  } catch {
    fs.rmSync(draft, { recursive: true, force: true }); // another process was quicker
  }
  return dir;
}
