let known: readonly string[] | undefined

/** The ISO 639-1 codes that this browser has a name for. */
export function languageCodes(): readonly string[] {
  known ??= findCodes()
  return known
}

function findCodes(): string[] {
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  // codes that were replaced (iw, ji, in …) are the new ones by another name
  return codes.filter((code) => names.of(code) !== undefined && Intl.getCanonicalLocales(code)[0] === code)
}
