import { expect, test } from 'vitest'
import { textToHtml } from './text-to-html.ts'

const body = (text: string) => textToHtml(text).replace(/^<div dir="auto">|<\/div>$/g, '')

test('a text looks the same: lines, blanks, and nothing in it is markup', () => {
  expect(body('Hola <b>Ana</b>:\n  uno & dos\r\ntres')).toBe(
    'Hola &lt;b&gt;Ana&lt;/b&gt;:<br>\n&nbsp;&nbsp;uno &amp; dos<br>\ntres',
  )
})

test('web addresses can be followed, without the full stop behind them', () => {
  expect(body('Mira https://tiendasol.es/a?b=1&c=2.')).toBe(
    'Mira <a href="https://tiendasol.es/a?b=1&amp;c=2">https://tiendasol.es/a?b=1&amp;c=2</a>.',
  )
  expect(body('(https://es.wikipedia.org/wiki/Sol_(estrella))')).toContain(
    'href="https://es.wikipedia.org/wiki/Sol_(estrella)"',
  )
})

test.each([
  'http://x"onmouseover="alert(1)',
  "http://x'onmouseover='alert(1)",
  'javascript:alert(1)',
  'http://',
  'data:text/html,x',
])('nothing breaks out of a link: %s', (text) => {
  expect(body(text)).not.toMatch(/<a [^>]*onmouseover|href="(?!https?:\/\/[^"]+">)/)
})

test('template text is printed as it is', () => {
  expect(body('{{contact.token}} ${x}')).toBe('{{contact.token}} ${x}')
})
