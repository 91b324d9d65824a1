export const locales = ['es', 'en'] as const
export type Locale = (typeof locales)[number]

/** How each language calls itself. */
export const localeNames: Record<Locale, string> = { es: 'Español', en: 'English' }

/** The language to speak: the one chosen before, else the first of the browser's that we know, else English. */
export function pickLocale(chosen: string | null, browser: readonly string[]): Locale {
  const wanted = [chosen ?? '', ...browser].map((tag) => tag.toLowerCase().split('-')[0])
  return wanted.map((language) => locales.find((locale) => locale === language)).find((found) => found) ?? 'en'
}

/** The regional form to write dates and numbers in: `es-MX` for a browser that says so, else the bare language. */
export function pickRegion(locale: Locale, browser: readonly string[]): string {
  return browser.find((tag) => tag.toLowerCase().split('-')[0] === locale) ?? locale
}
