import { expect, test } from 'vitest'
import { findCommands } from './find-commands.ts'

const command = (id: string, title: string, group = 'Ir a') => ({ id, title, group, run: () => {} })

test('a command is found by the beginnings of its words, accents aside', () => {
  const all = [command('a', 'Añadir etiqueta', 'Contacto'), command('b', 'Ajustes')]
  expect(findCommands(all, 'etiq anad', 'es')).toEqual([{ title: 'Contacto', commands: [all[0]] }])
  expect(findCommands(all, 'ustes', 'es')).toEqual([])
})

test('with nothing typed all are shown, but not those that only make sense as a key', () => {
  const all = [command('a', 'Bandeja'), { ...command('b', 'Siguiente'), onlyKey: true }]
  expect(findCommands(all, ' ', 'es')).toEqual([{ title: 'Ir a', commands: [all[0]] }])
})
