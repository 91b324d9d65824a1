/** A template's text with its values put in; a placeholder without a value stays as it is. Pure. */
export function fillTemplate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name: string) => values[name] || whole)
}
