import { expect, test } from 'vitest'
import { nextPress, pressOf } from './press-of.ts'

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

test('the same command is Ctrl on a PC and ⌘ on a Mac', () => {
  expect(pressOf({ ...plain, key: 'k', ctrlKey: true }, false)).toBe('mod+k')
  expect(pressOf({ ...plain, key: 'k', metaKey: true }, true)).toBe('mod+k')
  expect(pressOf({ ...plain, key: 'k', ctrlKey: true }, true)).toBeNull()
})

test('a symbol needs no shift in its name, wherever the layout puts it', () => {
  expect(pressOf({ ...plain, key: '?', shiftKey: true }, false)).toBe('?')
  expect(pressOf({ ...plain, key: 'X', shiftKey: true }, false)).toBe('shift+x')
})

test('AltGr never triggers a command', () => {
  expect(pressOf({ ...plain, key: '@', getModifierState: (key) => key === 'AltGraph' }, false)).toBeNull()
})

const bindings = new Set(['g i', 'i', 'c', 'g c'])

test('two keys in turn make a pair, and the second does not act alone', () => {
  const first = nextPress(null, 'g', 0, bindings)
  expect(first).toEqual({ run: null, waiting: { press: 'g', since: 0 } })
  expect(nextPress(first.waiting, 'c', 500, bindings)).toEqual({ run: 'g c', waiting: null })
})

test('a pair that comes too late is two single keys', () => {
  const first = nextPress(null, 'g', 0, bindings)
  expect(nextPress(first.waiting, 'c', 1500, bindings).run).toBe('c')
})
