/** Joins class names, leaving out what is absent: `classes(css.row, isOpen && css.open)`. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
