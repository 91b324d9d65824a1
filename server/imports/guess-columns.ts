// pure
import type { CustomField, CustomKey } from '#contract/fields.ts'
import { importTargets, type ImportTarget } from '#contract/import-words.ts'
import { columnNames } from '../exports/column-names.ts'

export type Target = ImportTarget | CustomKey

/** What files call a column, beside what our own call it. */
const others: Readonly<Record<ImportTarget, readonly string[]>> = {
  id: ['id', 'contact id', 'id de contacto'],
  firstName: ['first name', 'firstname', 'given name', 'nombre', 'nombres', 'primer nombre'],
  lastName: ['last name', 'lastname', 'surname', 'family name', 'apellido', 'apellidos'],
  name: ['name', 'full name', 'display name', 'nombre completo', 'nombre y apellido', 'cliente', 'contacto', 'contact'],
  phone: [
    'phone',
    'phone number',
    'mobile',
    'mobile phone',
    'cell',
    'cellphone',
    'telephone',
    'tel',
    'whatsapp',
    'phone 1 value',
    'telefono',
    'celular',
    'movil',
    'numero',
    'numero de telefono',
    'telefono movil',
    'fono',
  ],
  email: [
    'email',
    'e mail',
    'mail',
    'email address',
    'e mail 1 value',
    'correo',
    'correo electronico',
    'direccion de correo',
  ],
  country: ['country', 'country code', 'pais', 'codigo de pais'],
  language: ['language', 'lang', 'locale', 'idioma', 'lengua'],
  optOuts: [
    'opt out',
    'opted out',
    'optout',
    'unsubscribed',
    'do not contact',
    'no contactar',
    'dado de baja',
    'baja',
    'no escribir',
  ],
  lifecycle: ['lifecycle', 'lifecycle stage', 'stage', 'ciclo de vida', 'etapa', 'fase'],
  assignee: [
    'assignee',
    'assigned to',
    'owner',
    'contact owner',
    'agent',
    'asignado a',
    'responsable',
    'propietario',
    'agente',
  ],
  createdAt: [
    'created at',
    'created',
    'created date',
    'date created',
    'date added',
    'added on',
    'fecha de alta',
    'fecha de creacion',
    'creado',
    'creado el',
    'alta',
  ],
  tags: ['tags', 'labels', 'groups', 'categories', 'etiquetas', 'grupos', 'categorias'],
}

const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** What the columns of a file seem to be, by their heads in English or Spanish; a target that is taken is not given twice. */
export function guessColumns(
  heads: readonly string[],
  fields: readonly Pick<CustomField, 'id' | 'name' | 'slug'>[],
): (Target | null)[] {
  const names = new Map<string, Target>()
  for (const target of importTargets)
    for (const name of [target, columnNames.en[target], columnNames.es[target], ...others[target]])
      if (!names.has(folded(name))) names.set(folded(name), target)
  // "Nombre" is a first name where surnames stand apart, else the whole one
  const apart = heads.some((head) => names.get(folded(head)) === 'lastName')
  if (!apart) for (const name of ['nombre', 'nombres']) names.set(name, 'name')
  for (const { id, name, slug } of fields)
    for (const word of [name, slug]) if (!names.has(folded(word))) names.set(folded(word), `#${id}`)
  const taken = new Set<Target>()
  return heads.map((head) => {
    const target = names.get(folded(head)) ?? null
    if (target === null || taken.has(target)) return null
    taken.add(target)
    return target
  })
}
