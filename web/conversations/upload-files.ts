import type { Attachment } from '#contract/conversations.ts'
import { workspaceInUrl } from '../api/workspace-in-url.ts'
import { changeDraft, draftKey, draftOf, type DraftFile } from './drafts.ts'

/** The server's own limits, told before anything is sent. */
const mostFiles = 10
const largest = 25 * 1024 * 1024

const running = new Map<string, XMLHttpRequest>()

/** Adds files to the draft to a contact and sends them up, one request each, so that one refused leaves the others. */
export function addFiles(contactId: number, files: readonly File[]): void {
  const key = draftKey(contactId)
  const workspace = workspaceInUrl(location.pathname)
  const room = Math.max(0, mostFiles - draftOf(contactId, key).files.length)
  for (const [index, file] of files.entries()) {
    const one: DraftFile = {
      key: crypto.randomUUID(),
      name: file.name || 'file',
      size: file.size,
      progress: 0,
      attachment: null,
      problem: index >= room ? 'too-many' : file.size > largest ? 'too-large' : null,
    }
    changeDraft(contactId, (draft) => ({ files: [...draft.files, one], refusal: null }), key)
    if (one.problem === null) send(file, one.key, workspace)
  }

  function send(file: File, fileKey: string, inWorkspace: number | null) {
    const change = (now: Partial<DraftFile>) =>
      changeDraft(
        contactId,
        (draft) => ({ files: draft.files.map((one) => (one.key === fileKey ? { ...one, ...now } : one)) }),
        key,
      )
    // fetch tells nothing of how far an upload has come
    const request = new XMLHttpRequest()
    running.set(fileKey, request)
    request.upload.addEventListener('progress', ({ loaded, total }) => change({ progress: total ? loaded / total : 0 }))
    request.addEventListener('load', () => {
      const [attachment] = (readJson(request.responseText)?.items ?? []) as Attachment[]
      if (request.status < 300 && attachment) change({ progress: 1, attachment })
      else change({ problem: problemOf(request.status) })
    })
    request.addEventListener('error', () => change({ problem: 'no-answer' }))
    request.addEventListener('loadend', () => running.delete(fileKey))
    request.open('POST', '/files')
    if (inWorkspace !== null) request.setRequestHeader('x-ficha-workspace', String(inWorkspace))
    const form = new FormData()
    form.append('file', file, file.name || 'file')
    request.send(form)
  }
}

/** Takes a file out of the draft; an upload on its way is given up. */
export function removeFile(contactId: number, fileKey: string): void {
  running.get(fileKey)?.abort()
  changeDraft(contactId, (draft) => ({ files: draft.files.filter((one) => one.key !== fileKey), refusal: null }))
}

function problemOf(status: number): string {
  if (status === 413) return 'too-large'
  if (status === 429) return 'too-many-waiting'
  return status >= 500 ? 'no-answer' : 'refused'
}

function readJson(text: string): { items?: unknown[] } | null {
  try {
    return JSON.parse(text) as { items?: unknown[] }
  } catch {
    return null
  }
}
