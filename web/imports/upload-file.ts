import { workspaceInUrl } from '../api/workspace-in-url.ts'

/** Why a file was not taken: the server's reason, or `no-answer`. */
export class FileRefused extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

const largest = 50 * 1024 * 1024

/** Hands a file of contacts in; answers the number of the import. */
export async function uploadFile(file: File): Promise<number> {
  if (file.size > largest) throw new FileRefused('too-large')
  const form = new FormData()
  form.append('file', file, file.name)
  const workspace = workspaceInUrl(location.pathname)
  const headers: Record<string, string> = workspace === null ? {} : { 'x-ficha-workspace': String(workspace) }
  const answer = await fetch('/imports', { method: 'POST', headers, body: form }).catch(() => null)
  if (answer === null) throw new FileRefused('no-answer')
  const said = (await answer.json().catch(() => null)) as {
    importId?: number
    data?: { fields?: { reason: string }[] }
  } | null
  if (answer.ok && typeof said?.importId === 'number') return said.importId
  const reason = said?.data?.fields?.[0]?.reason
  throw new FileRefused(
    reason ?? (answer.status === 413 ? 'too-large' : answer.status === 429 ? 'too-many' : 'no-answer'),
  )
}
