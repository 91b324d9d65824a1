import { i18n, type Messages } from '@lingui/core'
import { pickLocale, pickRegion, type Locale } from './pick-locale.ts'

const key = 'ficha.locale'
type Catalogue = () => Promise<{ messages: Messages }>
const everyday: Record<Locale, Catalogue> = { es: () => import('./es.ts'), en: () => import('./en.ts') }
/** The sentences of signing in and of the settings, which few screens need. */
const rare: Record<Locale, Catalogue> = { es: () => import('./es-rare.ts'), en: () => import('./en-rare.ts') }
let needsRare = false

/** Loads the sentences of a language and speaks it from now on; also tells the page its language. */
export async function speak(locale: Locale): Promise<void> {
  const wanted = needsRare ? [everyday[locale], rare[locale]] : [everyday[locale]]
  const loaded = await Promise.all(wanted.map((load) => load()))
  for (const { messages } of loaded) i18n.load(locale, messages)
  i18n.activate(locale)
  document.documentElement.lang = locale
}

/** Loads a screen together with the rare sentences; from then on every language is spoken with them. */
export async function withRareWords<Screen>(load: () => Promise<Screen>): Promise<Screen> {
  const isFirst = !needsRare
  needsRare = true
  const [screen] = await Promise.all([load(), isFirst ? speak(i18n.locale as Locale) : null])
  return screen
}

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
