import { readdirSync } from 'node:fs'
import { defineConfig } from '@lingui/conf'
import { formatter } from '@lingui/format-po'

const web = `${import.meta.dirname}/web`
/** Elsewhere only when scripts/check-messages.ts compares. */
const catalogues = process.env['FICHA_CATALOGUES'] ?? '<rootDir>/web/i18n'
const folders = readdirSync(web, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'i18n')
  .map((entry) => entry.name)

/** Sentences are written in English where they are used; each folder of `web/` has a catalogue of its own per language. */
export default defineConfig({
  locales: ['en', 'es'],
  sourceLocale: 'en',
  catalogs: folders.map((name) => ({
    path: `${catalogues}/{locale}/${name}`,
    include: [`<rootDir>/web/${name}`],
  })),
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: 'message',
  runtimeConfigModule: { Trans: [`${web}/i18n/trans.tsx`, 'Trans'] },
})
