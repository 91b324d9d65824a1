import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string
    template: string
  }
}

/** The same server, another database. */
export function databaseUrl(adminUrl: string, database: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  return url.href
}

/** A fresh database with everything migrated, copied from the template in milliseconds. Left behind: the next run drops it. */
export async function createTestDatabase(): Promise<string> {
  const adminUrl = inject('adminUrl')
  const name = `ficha_test_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(`create database ${name} template ${inject('template')}`)
  } finally {
    await client.end()
  }
  return databaseUrl(adminUrl, name)
}
