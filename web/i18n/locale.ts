import { i18n, type Messages } from '@lingui/core'
import { pickLocale, pickRegion, type Locale } from './pick-locale.ts'

const key = 'ficha.locale'
const catalogues: Record<Locale, () => Promise<{ messages: Messages }>> = {
  es: () => import('./es.ts'),
  en: () => import('./en.ts'),
}

/** Loads the sentences of a language and speaks it from now on; also tells the page its language. */
export async function speak(locale: Locale): Promise<void> {
  const { messages } = await catalogues[locale]()
  i18n.load(locale, messages)
  i18n.activate(locale)
  document.documentElement.lang = locale
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
