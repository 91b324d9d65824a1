// pure

/** What a place is filled with, by its name: `contact.firstName`, `assignee.name`, a value of the run. */
export type Filling = (name: string) => string | undefined

const place = /\{\{\s*([\w.#-]{1,80})\s*\}\}/g

/** The names of the places in a text. */
export const placesIn = (text: string): string[] => [...text.matchAll(place)].map(([, name]) => name!)

/**
 * Fills the places of a text, each once and from what stands there: whatever is filled in is not read again, so that nobody's
 * name can bring in another's value. What is not known reads as nothing.
 * @param write how a value is written where it stands: in an address, in JSON
 */
export const fillText = (text: string, filling: Filling, write: (value: string) => string = (value) => value): string =>
  text.replace(place, (_whole, name: string) => write(filling(name) ?? ''))

/** Inside the quotes of a JSON text. */
export const asJson = (value: string): string => JSON.stringify(value).slice(1, -1)

/** What every contact can be asked for. */
export const contactPlaces = [
  'contact.id',
  'contact.name',
  'contact.firstName',
  'contact.lastName',
  'contact.phone',
  'contact.email',
  'contact.country',
  'contact.language',
  'assignee.name',
] as const
