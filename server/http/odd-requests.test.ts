import { request as plainRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenWorkspace, type GivenMember } from '../testing/given.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let shop: { id: number; owner: GivenMember; manager: GivenMember; agent: GivenMember }

beforeAll(async () => {
  server = await startTestServer({ work: false })
  shop = await givenWorkspace(server)
  await shop.owner.client.contacts.create({ values: { firstName: 'Secreta' } })
})
afterAll(() => server.close())

interface Answer {
  readonly status: number
  readonly body: string
}

/** A request as it is written here: no client tidies its path or its headers. */
function ask(
  method: string,
  path: string,
  headers: Readonly<Record<string, string | string[]>> = {},
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    const sent = plainRequest({ hostname, port, method, path, headers, setHost: headers['host'] === undefined })
    sent.on('error', reject)
    sent.on('response', (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }))
    })
    sent.end(body)
  })
}
const contacts = async () => (await shop.owner.client.contacts.list({})).items.length

describe('however an address is spelt', () => {
  const spellings = [
    '/api/contacts',
    '/api/contacts/',
    '/api//contacts',
    '//api/contacts',
    '/API/contacts',
    '/api/CONTACTS',
    '/%61pi/contacts',
    '/api/%63ontacts',
    '/api%2fcontacts',
    '/api/./contacts',
    '/api/teams/../contacts',
    '/api/%2e%2e/api/contacts',
    '/api/teams/%2e%2e/contacts',
    '/files/../api/contacts',
    '/api/contacts;x=1',
    '/api/contacts%00',
    '/api/contacts%20',
    '/api/contacts#x',
    '/api/contacts?',
    String.raw`/api\contacts`,
    'http://127.0.0.1/api/contacts',
    'http://evil.example/api/contacts',
    '/rpc/contacts/list',
    '/rpc/contacts/list/',
    '/rpc//contacts/list',
    '/rpc/contacts%2Flist',
    '/RPC/contacts/list',
    '/rpc/contacts/%6cist',
    '/rpc/contacts/list?data={}',
    '/rpc/__proto__/list',
    '/rpc/contacts/constructor',
  ]

  test.each(spellings)('who may not, does not: %s', async (path) => {
    for (const headers of [{}, shop.agent.headers])
      for (const method of ['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'TRACE']) {
        const json = method === 'POST' || method === 'PUT'
        const answer = await ask(
          method,
          path,
          json ? { ...headers, 'content-type': 'application/json' } : headers,
          json ? '{"json":{}}' : '',
        )
        expect([method, answer.status >= 400 && answer.status < 500, answer.body.includes('Secreta')]).toEqual([
          method,
          true,
          false,
        ])
      }
  })

  test.each([
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..%252f..%252fpackage.json',
    '/../../package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/%2e%2e/package.json',
    String.raw`/assets/..\..\..\package.json`,
    '/assets/..%5c..%5c..%5cpackage.json',
    '/assets/%00/../../package.json',
    '/files/1/..%2f..%2f..%2fsecret',
    '/custom/channel/files/..%2f..%2f..%2fsecret',
    '/webhooks/..%2f..%2fpackage.json/x',
    '//etc/passwd',
    'file:///etc/passwd',
  ])('no file comes out that is not of the web: %s', async (path) => {
    const answer = await ask('GET', path, shop.owner.headers)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.body).not.toMatch(/"dependencies"|root:/)
  })
})

describe('a body that is not plain JSON', () => {
  const body = JSON.stringify({ values: { firstName: 'Colada' }, json: { values: { firstName: 'Colada' } } })

  test.each<[string, Record<string, string | string[]>]>([
    ['a tab behind the type', { 'content-type': 'application/json\ta' }],
    ['a blank behind the type', { 'content-type': 'application/json x' }],
    ['another type behind a comma', { 'content-type': 'application/json, text/plain' }],
    ['the type after another', { 'content-type': 'text/plain, application/json' }],
    ['two types', { 'content-type': ['text/plain', 'application/json'] }],
    ['the beginning of the type only', { 'content-type': 'application/jso' }],
    ['more than the type', { 'content-type': 'application/jsonx' }],
    ['a patch', { 'content-type': 'application/json-patch+json' }],
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['bytes', { 'content-type': 'application/octet-stream' }],
    ['no type', {}],
  ])('is refused before it is understood: %s', async (_name, headers) => {
    const before = await contacts()
    for (const path of ['/api/contacts', '/rpc/contacts/create', '/auth/sign-in/email']) {
      const { status } = await ask('POST', path, { ...shop.owner.headers, ...headers }, body)
      expect([path, [400, 415].includes(status), status]).toEqual([path, true, status])
    }
    expect(await contacts()).toBe(before)
  })

  test('JSON is JSON with its charset named, and broken JSON is refused', async () => {
    const json = { ...shop.owner.headers, 'content-type': 'application/json; charset=utf-8' }
    expect((await ask('POST', '/api/contacts', json, body)).status).toBe(200)
    for (const broken of [
      '{',
      '{"values":',
      '[1,',
      '\u0000',
      'NaN',
      '{"values":{"firstName":"a"}}x',
      '['.repeat(50_000),
    ])
      expect([broken.slice(0, 10), (await ask('POST', '/api/contacts', json, broken)).status]).toEqual([
        broken.slice(0, 10),
        400,
      ])
    expect((await ask('POST', '/api/contacts', json, `"${'x'.repeat(1024 * 1024)}"`)).status).toBe(413)
  })
})

describe('keys that could reach a prototype', () => {
  const json = () => ({ ...shop.owner.headers, 'content-type': 'application/json' })
  const poison = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}'
  const deep = `{"values":{"firstName":"Ana",${poison}},${poison}}`

  test.each<[string, string, string]>([
    ['POST', '/api/contacts', deep],
    ['POST', '/rpc/contacts/create', `{"json":${deep},${poison}}`],
    ['POST', '/rpc/contacts/create', '{"json":{"values":{}},"meta":[[1,"__proto__","polluted"]]}'],
    ['POST', '/rpc/contacts/create', '{"json":{"values":{}},"meta":[[0,"constructor","prototype","polluted"]]}'],
    ['POST', '/rpc/contacts/create', '{"json":{"values":{}},"meta":[[0,"values","__proto__"]]}'],
    ['POST', '/rpc/contacts/create', '{"json":{"values":{}},"maps":[["__proto__","polluted"]],"meta":[]}'],
    ['POST', '/rpc/contacts/create', '{"json":{"values":{}},"meta":{"__proto__":[]}}'],
    ['POST', '/rpc/contacts/create', '{"json":{"values":{}},"meta":"x"}'],
    ['POST', '/rpc/contacts/create', '{"json":{"values":{}},"meta":[null,1,"x",{}]}'],
    ['POST', '/auth/sign-in/email', `{"email":"a@example.com","password":"x",${poison}}`],
    ['GET', '/api/contacts?__proto__[polluted]=1&constructor[prototype][polluted]=1&q=x', ''],
    ['GET', '/api/contacts?q[__proto__][polluted]=1', ''],
    ['GET', '/api/contacts?__proto__=1&__proto__[polluted]=1', ''],
    ['GET', '/rpc/contacts/list?data={"json":{"__proto__":{"polluted":1}}}', ''],
  ])('reach nothing: %s %s %s', async (method, path, body) => {
    const before = await ask('GET', '/api/workspace', shop.agent.headers)
    const answer = await ask(method, encodeURI(path), method === 'POST' ? json() : shop.owner.headers, body)
    expect(answer.status).toBeLessThan(500)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(await ask('GET', '/api/workspace', shop.agent.headers)).toEqual(before)
  })

  test('nor do the names in a form with files', async () => {
    const form = new FormData()
    for (const name of ['__proto__', '__proto__[polluted]', 'constructor.prototype.polluted'])
      form.append(name, new Blob(['x']), '__proto__')
    const answer = await fetch(`${server.url}/files`, { method: 'POST', headers: shop.owner.headers, body: form })
    expect(answer.status).toBeLessThan(500)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('what a caller says about the way it came', () => {
  const claims = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '198.51.100.9',
    forwarded: 'for=198.51.100.9;host=evil.example;proto=https',
    'x-original-url': '/api/account/state',
    'x-rewrite-url': '/api/account/state',
    'x-http-method-override': 'GET',
  }

  test('opens no door to another site’s page', async () => {
    for (const origin of ['https://evil.example', 'http://evil.example']) {
      const headers = { ...shop.owner.headers, ...claims, origin, 'content-type': 'application/json' }
      expect((await ask('PATCH', '/api/workspace', headers, '{"name":"Suyo"}')).status).toBe(403)
    }
    expect((await shop.owner.client.workspaces.get()).name).toBe('Taller')
  })

  test('changes neither the address that is asked for nor the way it is asked', async () => {
    expect((await ask('GET', '/api/contacts', { ...shop.agent.headers, ...claims })).status).toBe(403)
    const answer = await ask(
      'POST',
      '/api/contacts',
      { ...shop.agent.headers, ...claims, 'content-type': 'application/json' },
      '{"values":{"firstName":"X"}}',
    )
    expect(answer.status).toBe(403)
  })

  test('stands in no link that is handed out', async () => {
    const headers = { ...shop.owner.headers, ...claims, host: 'evil.example', 'content-type': 'application/json' }
    const invitation = { email: 'nueva@example.com', role: 'agent', restrictions: [], teamId: null }
    const answer = await ask('POST', '/api/invitations', headers, JSON.stringify(invitation))
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('/invite#')
    expect(answer.body).not.toContain('evil.example')
  })
})
