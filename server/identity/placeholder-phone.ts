const runs = ['01234567890', '12345678901', '98765432109', '09876543210']

// Shown as the hint of many phone fields; a number all the same.
const planExample = '2015550123'

/**
 * Is this what people type to get past a required field? Such a number links nobody to anybody.
 * One digit repeated (all of it, or the last seven), a run up or down the keypad, or North America's range for fiction.
 * 98765 43210 is also somebody's mobile in India; refusing that one link prevents many false ones.
 * @param digits national number, digits only
 */
export function isPlaceholderPhone(digits: string, callingCode: string | null): boolean {
  if (/^(\d)\1*$/.test(digits) || /(\d)\1{6}$/.test(digits)) return true
  if (digits.length >= 7 && runs.some((run) => run.startsWith(digits))) return true
  return digits === planExample || isFictionPhone(digits, callingCode)
}

/** 555-0100 to 555-0199 in any area of North America: set aside for films and books, nobody's number (NANPA). */
export function isFictionPhone(digits: string, callingCode: string | null): boolean {
  return callingCode === '1' && digits !== planExample && /^\d{3}55501\d\d$/.test(digits)
}
