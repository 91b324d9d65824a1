import { i18n, type Messages } from '@lingui/core'
import { pickLocale, pickRegion, type Locale } from './pick-locale.ts'

const key = 'ficha.locale'
type Catalogue = () => Promise<{ messages: Messages }>
/**
 * The sentences that every screen may need, those of signing in and of the settings, those of records, lists and their
 * duplicates, and those of workflows: the others come with the first screen that has them.
 */
type Words = 'everyday' | 'rare' | 'merging' | 'workflows'
const catalogues: Record<Words, Record<Locale, Catalogue>> = {
  everyday: { es: () => import('./es.ts'), en: () => import('./en.ts') },
  rare: { es: () => import('./es-rare.ts'), en: () => import('./en-rare.ts') },
  workflows: { es: () => import('./es-workflows.ts'), en: () => import('./en-workflows.ts') },
  merging: { es: () => import('./es-merging.ts'), en: () => import('./en-merging.ts') },
}
const wanted = new Set<Words>(['everyday'])
const arriving = new Map<Words, Promise<void>>()

/** Loads the sentences of a language and speaks it from now on; also tells the page its language. */
export async function speak(locale: Locale): Promise<void> {
  const loaded = await Promise.all([...wanted].map((words) => catalogues[words][locale]()))
  for (const { messages } of loaded) i18n.load(locale, messages)
  i18n.activate(locale)
  document.documentElement.lang = locale
}

/** Loads a screen together with its sentences; from then on every language is spoken with them. */
async function withWords<Screen>(words: Words, load: () => Promise<Screen>): Promise<Screen> {
  wanted.add(words)
  const spoken = arriving.get(words) ?? speak(i18n.locale as Locale)
  arriving.set(words, spoken)
  try {
    const [screen] = await Promise.all([load(), spoken])
    return screen
  } catch (error) {
    arriving.delete(words)
    throw error
  }
}

/** For the screens of signing in and of the settings. */
export const withRareWords = <Screen>(load: () => Promise<Screen>): Promise<Screen> => withWords('rare', load)

/** For the screens of records and their duplicates. */
export const withMergeWords = <Screen>(load: () => Promise<Screen>): Promise<Screen> => withWords('merging', load)

/** For the screens of workflows, which show conditions and records as well. */
export const withWorkflowWords = <Screen>(load: () => Promise<Screen>): Promise<Screen> =>
  withWords('workflows', () => withMergeWords(load))

/** Speaks a language and remembers it in this browser. */
export async function chooseLocale(locale: Locale): Promise<void> {
  await speak(locale)
  try {
    localStorage.setItem(key, locale)
  } catch {
    // Storage may be closed; the choice then lasts until reload.
  }
}

/** The language to start with: chosen before, else the browser's. */
export function firstLocale(): Locale {
  let chosen: string | null = null
  try {
    chosen = localStorage.getItem(key)
  } catch {
    // Storage may be closed.
  }
  return pickLocale(chosen, navigator.languages)
}

/** The tag to format dates and numbers with, for the language spoken now. */
export function formatTag(): string {
  return pickRegion(i18n.locale as Locale, navigator.languages)
}
