// pure
import type { FieldShown, FieldType } from '#contract/fields.ts'
import type { Filter } from '#contract/filter.ts'
import type { TagColour } from '#contract/tags.ts'

/** What the sample company calls things: its tags, the journey of its customers, and what it asks of them. */
export const tags = [
  { name: 'VIP', colour: 'yellow', emoji: '⭐', description: 'Nos recomiendan o compran varias veces al año.' },
  { name: 'Alquiler', colour: 'blue', emoji: '🚲', description: 'Han alquilado o preguntan por alquilar.' },
  { name: 'Taller', colour: 'orange', emoji: '🔧', description: 'Tienen o han tenido una bici en el taller.' },
  { name: 'Empresa', colour: 'indigo', emoji: '🏢', description: 'Piden factura a nombre de una empresa.' },
  { name: 'Turista', colour: 'teal', emoji: '🧳', description: 'Están de paso por Sevilla.' },
  { name: 'Club', colour: 'green', emoji: null, description: 'Vienen con un club ciclista.' },
  { name: 'Curso', colour: 'purple', emoji: null, description: 'Interesados en los cursos de mecánica.' },
] as const satisfies readonly { name: string; colour: TagColour; emoji: string | null; description: string }[]
export type SampleTag = (typeof tags)[number]['name']

export const stages = [
  { name: 'Interesado', emoji: '👀', kind: 'stage', description: 'Ha preguntado y aún no tiene precio.' },
  { name: 'Presupuesto', emoji: '🧾', kind: 'stage', description: 'Tiene un precio y lo está pensando.' },
  { name: 'Cliente', emoji: '🚲', kind: 'stage', description: 'Ha comprado, alquilado o reparado.' },
  { name: 'Fiel', emoji: '💛', kind: 'stage', description: 'Vuelve cada año.' },
  { name: 'Perdido', emoji: '💤', kind: 'lost', description: 'Ha comprado en otra parte o no contesta.' },
] as const
export type SampleStage = (typeof stages)[number]['name']

interface SampleField {
  readonly name: string
  readonly type: FieldType
  readonly description: string
  readonly shown: FieldShown
  readonly options?: string[]
}

export const fields = {
  size: {
    name: 'Talla',
    type: 'list',
    description: 'Del cuadro.',
    shown: 'always',
    options: ['XS', 'S', 'M', 'L', 'XL'],
  },
  bike: { name: 'Bicicleta', type: 'text', description: 'La que tiene o quiere.', shown: 'always' },
  checked: { name: 'Última revisión', type: 'date', description: 'En nuestro taller.', shown: 'always' },
  points: { name: 'Puntos', type: 'number', description: 'Uno por cada euro; 500 son una revisión.', shown: 'filled' },
  news: { name: 'Acepta novedades', type: 'checkbox', description: 'Lo ha dicho o firmado.', shown: 'always' },
  pickUp: { name: 'Hora de recogida', type: 'time', description: 'Cuándo suele pasar.', shown: 'filled' },
  billing: { name: 'Correo de facturación', type: 'email', description: 'Si no es el suyo.', shown: 'filled' },
  page: { name: 'Página', type: 'url', description: 'De su club o su empresa.', shown: 'filled' },
} as const satisfies Readonly<Record<string, SampleField>>
export type SampleFieldKey = keyof typeof fields

/** Those whose last check is a year away or more, by the number of its field. */
export const dueForCheck = {
  name: 'Revisión pendiente',
  filter: (checkedId: number): Filter => ({
    and: [{ field: `#${checkedId}`, operator: 'isTimestampBefore', value: '-365d' }],
  }),
}
