import { expect, test } from 'vitest'
import { cutMail } from './bound-head.ts'
import { judgeSender } from './judge-sender.ts'
import { readVerdict } from './read-verdict.ts'

const look = (head: string, imapHost = 'mail.tienda.es') => {
  const results = readVerdict(cutMail(Buffer.from(`${head}\nFrom: a@banco.es\n\nx`)), imapHost)
  return results === null ? null : judgeSender(results, 'banco.es')
}
const stranger = 'Received: from evil.example by mx.tienda.es with esmtp id 1; Mon, 1 Jan 2026 00:00:00 +0000'

test.each([
  ['dmarc=pass header.from=banco.es', true],
  ['dmarc=fail (p=reject) header.from=banco.es', false],
  ['spf=pass smtp.mailfrom=x@banco.es', true],
  ['spf=fail smtp.mailfrom=x@banco.es', false],
  ['spf=pass smtp.mailfrom=x@malo.es', null],
  ['dkim=pass header.d=correo.banco.es', true],
  ['dkim=pass header.d=malo.es', null],
  ['dkim=fail header.d=banco.es; spf=softfail smtp.mailfrom=banco.es', null],
  ['none', null],
])('what the receiving server found out: %s', (results, expected) => {
  expect(look(`Authentication-Results: mx.tienda.es; ${results}\n${stranger}`)).toBe(expected)
})

test('a line that the sender wrote below the hops is not believed', () => {
  expect(look(`${stranger}\nAuthentication-Results: mx.tienda.es; dmarc=pass`)).toBeNull()
})

test('words in comments are not results', () => {
  const line = 'Authentication-Results: mx.tienda.es; spf=none (dmarc=pass (really; dmarc=pass)) smtp.mailfrom=x'
  expect(look(`${line}\n${stranger}`)).toBeNull()
})

test('the last step into the mailbox may stand above the verdict', () => {
  const step = 'Received: from mx.tienda.es by mail.tienda.es with LMTP id 9; Mon, 1 Jan 2026 00:00:00 +0000'
  expect(look(`${step}\nAuthentication-Results: mx.tienda.es; dmarc=pass\n${stranger}`)).toBe(true)
})

test('a provider that stamps every mail is believed below its own hops, in its own name only', () => {
  const hop = 'Received: by 2002:a05:6000:1:0:0:0:0 with SMTP id q1; Mon, 1 Jan 2026 00:00:00 +0000'
  expect(look(`${hop}\nAuthentication-Results: mx.google.com; dmarc=fail`, 'imap.gmail.com')).toBe(false)
  expect(look(`${hop}\nAuthentication-Results: mx.malo.es; dmarc=pass`, 'imap.gmail.com')).toBeNull()
})
