import '@fontsource-variable/inter';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router-dom';
import { App } from './App.js';
import { installServiceWorker } from './connection/newVersion.js';
import { createI18nProvider } from './i18n/i18nProvider.js';
import { LANGUAGES } from './i18n/languages.js';
import { languageOfDevice } from './theme/store.js';

/** Nothing is drawn before its words are there: no key and no other language flashes by. */
async function start(): Promise<void> {
  const language = languageOfDevice();
  const i18nProvider = createI18nProvider(language, await LANGUAGES[language].load());
  const router = createBrowserRouter([{ path: '*', element: <App i18nProvider={i18nProvider} /> }]);
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <RouterProvider router={router} />
    </StrictMode>,
  );
}

void start();
installServiceWorker();
