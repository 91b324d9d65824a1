// pure
import type { FieldProblem } from '#contract/errors.ts'
import { columnOfReason, type ImportOutcome } from '#contract/import-words.ts'
import type { ImportWish } from '#contract/imports.ts'
import type { UiLanguage } from '#contract/primitives.ts'

export const outcomeHeads: Readonly<Record<UiLanguage, readonly [string, string, string, string]>> = {
  en: ['Line', 'Outcome', 'Reason', 'Contact ID'],
  es: ['Línea', 'Resultado', 'Motivo', 'ID de contacto'],
}

export const outcomeNames: Readonly<Record<UiLanguage, Readonly<Record<ImportOutcome, string>>>> = {
  en: {
    added: 'added',
    updated: 'updated',
    unchanged: 'unchanged',
    skipped: 'skipped',
    blocked: 'blocked',
    refused: 'refused',
  },
  es: {
    added: 'añadido',
    updated: 'actualizado',
    unchanged: 'sin cambios',
    skipped: 'omitido',
    blocked: 'bloqueado',
    refused: 'rechazado',
  },
}

/** In Spanish what the reasons of rows say; anything else is told as the API says it. */
const spanish: Readonly<Record<string, string>> = {
  blocked: 'El contacto está bloqueado.',
  'is-there': 'El contacto ya existe.',
  'not-there': 'No existe ese contacto.',
  gone: 'El contacto acaba de ser eliminado.',
  empty: 'La fila no tiene nombre, teléfono ni correo.',
  error: 'No se pudo escribir la fila.',
  'too-many-cells': 'La fila tiene más valores que columnas el archivo.',
  'unknown-country': 'Ningún país se llama así.',
  'unknown-language': 'Ningún idioma se llama así.',
  'unknown-channel': 'Escribe el nombre de un canal, varios separados por |, o todos.',
  'unknown-stage': 'Ninguna etapa se llama así: escribe una de las del espacio, o créala en los ajustes.',
  'unknown-member': 'Ningún miembro se llama así: escribe su correo o su nombre.',
  'several-members': 'Varios miembros se llaman así: escribe el correo.',
  'cannot-see': 'Esa persona no vería el contacto: solo ve lo de su equipo y no tiene ninguno.',
  'created-date': 'Escribe el día como 2026-05-03, o con la hora como 2026-05-03 14:30.',
  future: 'Ese día está por venir: escribe el día en que se creó el contacto.',
  'not-a-number': 'No es un número de teléfono.',
  'several-numbers': 'Son varios números: escribe uno.',
  'missing-country-code': 'Falta el prefijo del país, como +52.',
  'unknown-country-code': 'Ningún país tiene ese prefijo.',
  'too-short': 'Faltan cifras.',
  'too-long': 'Es demasiado largo.',
  'wrong-length': 'Los números de ese país tienen otra longitud.',
  'not-an-option': 'No es una de las opciones de la lista.',
  checkbox: 'Escribe sí o no.',
  number: 'No es un número.',
  url: 'No es la dirección de una página.',
  'missing-scheme': 'A la dirección le falta el comienzo, https://.',
  date: 'Escribe el día como 2026-05-03.',
  'date-range': 'Escribe un día entre 1900 y 2100.',
  time: 'Escribe la hora como 14:30.',
  format: 'No tiene la forma correcta.',
}

/** Why, with the head of the column that it is about. */
export function reasonText(
  { path, reason, message }: FieldProblem,
  { columns, heads, language }: { columns: ImportWish['columns']; heads: readonly string[]; language: UiLanguage },
): string {
  const words = language === 'es' ? (spanish[reason] ?? message) : message
  const head = heads[columnOfReason(path, columns)]
  return head === undefined ? words : `${head}: ${words}`
}
