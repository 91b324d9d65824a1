import { expect, test } from 'vitest'
import { flexOf, planColumns, sortOf, widthOf } from './plan-columns.ts'

const shown = (columns: ReturnType<typeof planColumns>) => columns.filter((one) => one.isShown).map(({ key }) => key)

test('whoever has chosen nothing sees what everybody begins with; the workspace’s own fields wait', () => {
  const columns = planColumns(null, ['#7'], false)
  expect(shown(columns)[0]).toBe('name')
  expect(shown(columns)).not.toContain('lifecycle')
  expect(columns.at(-1)).toEqual({ key: '#7', width: null, isShown: false })
  expect(shown(planColumns(null, [], true))).toContain('lifecycle')
})

test('what was chosen stands in its order; a field that is gone is left out, and every column is there once', () => {
  const own = [
    { key: '#9', width: null },
    { key: 'phone', width: 200 },
    { key: 'name', width: null },
  ] as const
  const columns = planColumns(own, ['#7'], false)
  expect(shown(columns)).toEqual(['phone', 'name'])
  expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length)
})

test('a width that was set is kept, all else shares the room', () => {
  expect(flexOf({ key: 'phone', width: 200 })).toBe('0 0 200px')
  expect(flexOf({ key: 'email', width: null })).toBe('2 1 132px')
  expect(widthOf([{ key: 'phone', width: 200 }])).toBe(212)
})

test('what has no order is not sorted by', () => {
  expect(sortOf('#12')).toBe('#12')
  expect(sortOf('added')).toBe('added')
  expect(sortOf('tags')).toBeNull()
})
