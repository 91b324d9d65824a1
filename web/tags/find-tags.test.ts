import { expect, test } from 'vitest'
import type { Tag } from '#contract/tags.ts'
import { findTags } from './find-tags.ts'

const { compare } = new Intl.Collator('es', { sensitivity: 'base' })
const tags = ['VIP', 'Entregado', 'Año nuevo', 'Entrega pendiente', 'Reclamo entrega'].map((name, at): Tag => ({
  id: at + 1,
  name,
  colour: 'blue',
  emoji: null,
}))
const find = (query: string, first: readonly number[] = []) => {
  const { found, make } = findTags(tags, query, new Set(first), compare)
  return { names: found.map(({ name }) => name), make }
}

test('what is held comes first, the rest by name', () => {
  expect(find('', [1]).names).toEqual(['VIP', 'Año nuevo', 'Entrega pendiente', 'Entregado', 'Reclamo entrega'])
})

test('finds letters in any case and without accents, beginnings first', () => {
  expect(find('ENTREGA', [5])).toEqual({
    names: ['Entrega pendiente', 'Entregado', 'Reclamo entrega'],
    make: 'ENTREGA',
  })
  expect(find('ano')).toEqual({ names: ['Año nuevo'], make: 'ano' })
})

test('offers to make what no tag is called yet, whatever its case', () => {
  expect(find(' año  NUEVO ')).toEqual({ names: ['Año nuevo'], make: null })
  expect(find('  Feria  de mayo ')).toEqual({ names: [], make: 'Feria de mayo' })
  expect(find('  ').make).toBeNull()
})

test('shows a hundred and says how many more there are', () => {
  const many = Array.from({ length: 130 }, (_, id): Tag => ({
    id,
    name: `Etiqueta ${id}`,
    colour: 'grey',
    emoji: null,
  }))
  const { found, hidden } = findTags(many, 'etiqueta', new Set(), compare)
  expect([found.length, hidden]).toEqual([100, 30])
})
