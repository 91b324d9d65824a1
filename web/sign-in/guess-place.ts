/**
 * Where the person seems to be, as the browser tells: its time zone, and the country that zone belongs to. Where the
 * browser does not know the zones of countries, the country of its language.
 */
export function guessPlace(
  countries: readonly string[],
  languages: readonly string[] = navigator.languages,
): { timeZone: string; country: string | null } {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return { timeZone, country: countryOfZone(timeZone, countries) ?? countryOfLanguages(languages) }
}

/** The country a time zone belongs to, as far as the browser knows. */
export function countryOfZone(timeZone: string, countries: readonly string[]): string | null {
  return countries.find((code) => zonesOf(code).includes(timeZone)) ?? null
}

function zonesOf(country: string): readonly string[] {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?: () => string[] | undefined }
  return locale.getTimeZones?.() ?? []
}

/** The first language that names its region: `es-MX`. A bare `en` says nothing of where one is. */
export function countryOfLanguages(languages: readonly string[]): string | null {
  for (const tag of languages) {
    const { region } = new Intl.Locale(tag)
    if (region !== undefined && /^[A-Z]{2}$/.test(region)) return region
  }
  return null
}
