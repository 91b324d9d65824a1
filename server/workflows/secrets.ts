import { createHash, randomBytes } from 'node:crypto'
import { everyStep } from '#contract/workflow-steps.ts'
import type { Definition, Step } from '#contract/workflows.ts'
import { seal, unseal } from '../http/seal.ts'
import { hostOf } from './request-url.ts'

/** What is kept sealed of a workflow, or of one of its versions. */
export interface WorkflowSecrets {
  /** The values of secret headers by step and name in lower case; each good for one host, so that it is never sent elsewhere. */
  readonly headers: Readonly<
    Record<string, Readonly<Record<string, { readonly value: string; readonly host: string }>>>
  >
  /** The last part of the address that programs post to. */
  readonly hook: string | null
}

interface Owner {
  readonly workspaceId: number
  readonly workflowId: number
}

const purpose = 'workflow secrets'
const noSecrets: WorkflowSecrets = { headers: {}, hook: null }
const nameOf = ({ workspaceId, workflowId }: Owner) => `${workspaceId}/${workflowId}`

export const sealWorkflow = (secret: string, owner: Owner, secrets: WorkflowSecrets): Buffer =>
  seal(secret, purpose, nameOf(owner), secrets)

export const openWorkflow = (secret: string, owner: Owner, sealed: Buffer | null): WorkflowSecrets =>
  sealed === null ? noSecrets : (unseal(secret, purpose, nameOf(owner), sealed) as WorkflowSecrets)

export const hashHook = (hook: string): string => createHash('sha256').update(hook).digest('base64url')

/**
 * A draft as it is kept: what is secret in it is sealed apart from it. A secret that was not typed this time stays what it was, as
 * long as it is for the same step, header and host. A workflow that programs may post to has an address, guessed by nobody.
 */
export function putAway(
  secret: string,
  owner: Owner,
  draft: Definition,
  sealed: Buffer | null,
): { draft: string; secrets: Buffer; hook_hash: string | null } {
  const before = openWorkflow(secret, owner, sealed)
  const plain = structuredClone(draft)
  const headers: Record<string, Record<string, { value: string; host: string }>> = {}
  for (const { step } of everyStep(plain.steps)) {
    if (step.kind !== 'http') continue
    const host = hostOf(step.url)
    for (const header of step.headers.filter((one) => one.secret)) {
      const name = header.name.toLowerCase()
      const known = header.value === null ? before.headers[step.id]?.[name] : { value: header.value, host }
      header.value = null
      if (known !== undefined && host !== null && known.host === host)
        headers[step.id] = { ...headers[step.id], [name]: { value: known.value, host } }
    }
  }
  const isPosted = plain.triggers.some(({ kind }) => kind === 'webhook')
  const hook = before.hook ?? (isPosted ? makeHook() : null)
  return {
    draft: JSON.stringify(plain),
    secrets: sealWorkflow(secret, owner, { headers, hook }),
    hook_hash: hook === null ? null : hashHook(hook),
  }
}

export const makeHook = (): string => randomBytes(32).toString('base64url')

/** The headers of a request as they are sent, before places are filled; null where a secret is missing for this host. */
export function headersOf(
  step: Extract<Step, { kind: 'http' }>,
  secrets: WorkflowSecrets,
): { name: string; value: string; secret: boolean }[] | null {
  const host = hostOf(step.url)
  const all: { name: string; value: string; secret: boolean }[] = []
  for (const { name, value, secret } of step.headers) {
    const known = secret ? secrets.headers[step.id]?.[name.toLowerCase()] : undefined
    if (secret && known?.host !== host) return null
    all.push({ name, value: known?.value ?? value ?? '', secret })
  }
  return all
}
