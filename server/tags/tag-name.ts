// pure

/** A tag's name as it is kept: one line, no marks that turn or break the text around it, one form per letter. */
export function cleanTagName(name: string): string {
  return name
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .normalize('NFC')
    .trim()
}

/**
 * What makes two names one: letters alone, whatever their case and whatever invisible stands between them; accents tell names
 * apart. Blank where nothing of the name can be seen.
 */
export function tagNameKey(name: string): string {
  return cleanTagName(name)
    .replace(/[\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
}
