import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Are the catalogues what `npm run messages` makes of the sources? Extracts into a copy of them and compares. And does a sentence
 * say the same in all of them? They are loaded over one another: of two translations the last one loaded would win.
 */
const root = join(import.meta.dirname, '..')
const kept = join(root, 'web/i18n')
const made = mkdtempSync(join(tmpdir(), 'ficha-messages-'))
const languages = ['en', 'es']

function catalogues(folder: string): string[] {
  return languages.flatMap((language) => readdirSync(join(folder, language)).map((file) => join(language, file)))
}

try {
  for (const language of languages) cpSync(join(kept, language), join(made, language), { recursive: true })
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@lingui/cli/dist/lingui.js'), 'extract', '--clean'],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, FICHA_CATALOGUES: made },
    },
  )
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`)
  const read = (folder: string, file: string) =>
    catalogues(folder).includes(file) ? readFileSync(join(folder, file), 'utf8') : ''
  const stale = [...new Set([...catalogues(kept), ...catalogues(made)])].filter(
    (file) => withoutDate(read(kept, file)) !== withoutDate(read(made, file)),
  )
  for (const file of stale) console.error(`web/i18n/${file} is stale: npm run messages`)
  const twofold = languages.flatMap(translatedTwice)
  for (const words of twofold)
    console.error(`${words}\nis translated in more than one way: agree, or give it a context`)
  process.exitCode = stale.length + twofold.length === 0 ? 0 : 1
} finally {
  rmSync(made, { recursive: true, force: true })
}

/** The head of a catalogue names the time it was made. */
function withoutDate(text: string): string {
  return text.replace(/^"POT-Creation-Date: .*\n/m, '')
}

/** Sentences, with their context, that the catalogues of a language translate in more than one way. */
function translatedTwice(language: string): string[] {
  const said = new Map<string, Set<string>>()
  for (const file of readdirSync(join(kept, language))) {
    for (const entry of readFileSync(join(kept, language, file), 'utf8').split('\n\n')) {
      const [words = '', translation] = entry
        .replaceAll(/^#.*\n/gm, '')
        .trim()
        .split(/^msgstr /m)
      if (translation === undefined || words.trim() === 'msgid ""') continue
      said.set(words, (said.get(words) ?? new Set()).add(translation))
    }
  }
  return [...said].filter(([, translations]) => translations.size > 1).map(([words]) => words.trim())
}
