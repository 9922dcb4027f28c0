import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './vite/compressed.js';
import { contractWithoutSchemas } from './vite/contract.js';
import { serviceWorker } from './vite/serviceWorker.js';

const source = (name: string) => fileURLToPath(new URL(`../../packages/${name}/src/index.ts`, import.meta.url));
const alias = { '@vastus/contract': source('contract'), '@vastus/clinical': source('clinical') };

export default defineConfig({
  plugins: [contractWithoutSchemas(alias), react(), serviceWorker(), compressed()],
  resolve: { alias },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': process.env['VASTUS_API'] ?? 'http://127.0.0.1:8080' } },
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 900 },
});
