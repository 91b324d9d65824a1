import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameRelation } from './name-relation.ts'
import vectors from './vectors/names.json' with { type: 'json' }

type Vector = [a: string, b: string, relation: string]

const rows = Object.entries(vectors).flatMap(([title, pairs]) =>
  (pairs as Vector[]).map((pair) => [title, ...pair] as const),
)
const names = [...new Set(rows.flatMap(([, a, b]) => [a, b]))]

describe('two names tell whether they can be one person’s', () => {
  test.each(rows)('%s: %s and %s', (_title, a, b, relation) => {
    expect(nameRelation(a, b)).toBe(relation)
  })

  test('whichever comes first', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'grapheme' })),
        fc.constantFrom(...names),
        (a, b) => {
          expect(nameRelation(a, b)).toBe(nameRelation(b, a))
        },
      ),
      { numRuns: 5000 },
    )
  })

  test('and a name never contradicts itself, shouted, decorated or turned round', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), (name) => {
        for (const written of [name, `${name} 🌸`, `✨${name}✨`, ` ${name} `, name.normalize('NFD')]) {
          expect(nameRelation(name, written)).not.toBe('conflict')
        }
      }),
    )
  })

  test('and no text breaks it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.string({ unit: 'binary', maxLength: 200 }),
        (a, b) => {
          expect(['agree', 'partial', 'unknown', 'conflict']).toContain(nameRelation(a, b))
        },
      ),
      { numRuns: 2000 },
    )
  })
})
