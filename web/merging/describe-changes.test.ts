import { expect, test } from 'vitest'
import type { MergePlan } from '#contract/merging.ts'
import { describeChanges } from './describe-changes.ts'

const summary = (id: number, displayName: string) => ({
  id,
  version: 1,
  displayName,
  pictureUrl: null,
  phone: null,
  email: null,
  channelKinds: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  lastMessageAt: null,
})
const option = (contactId: number, value: string | null) => ({
  contactId,
  value,
  shown: value,
  source: null,
  by: null,
  at: null,
})
const plan = (change: Partial<MergePlan> = {}): MergePlan => ({
  fingerprint: 'one',
  survivor: summary(1, 'Lucía'),
  absorbed: [summary(2, 'Lu')],
  fields: [{ field: 'email', options: [option(1, 'l@x.org'), option(2, null)], chosen: 1, same: true }],
  alternates: { phones: [], emails: [] },
  result: { displayName: 'Lucía', pictureUrl: null, channelKinds: [], status: null, tags: [], optOuts: [] },
  moves: [{ contactId: 2, channels: 1, conversations: 1, messages: 3, notes: 0 }],
  runsStopped: [],
  reasons: [],
  toldApart: [],
  ...change,
})

test('the same plan has no changes', () => {
  expect(describeChanges(plan(), plan())).toEqual([])
})

test('names each value that changed and whose it is', () => {
  const fields = [
    { field: 'email' as const, options: [option(1, 'l@x.org'), option(2, 'lu@x.org')], chosen: 1, same: false },
  ]
  expect(describeChanges(plan(), plan({ fingerprint: 'two', fields }))).toEqual([
    { kind: 'value', contact: 'Lu', field: 'email', shown: 'lu@x.org' },
  ])
})

test('tells of another set of contacts, of somebody who told them apart, and of what moves', () => {
  const two = { fingerprint: 'two' }
  expect(describeChanges(plan(), plan({ ...two, absorbed: [summary(3, 'Luisa')] }))).toEqual([{ kind: 'contacts' }])
  expect(
    describeChanges(plan(), plan({ ...two, toldApart: [{ a: 1, b: 2, by: 'Marta', at: '2026-01-01T00:00:00.000Z' }] })),
  ).toEqual([{ kind: 'told-apart' }])
  expect(describeChanges(plan(), plan({ ...two, moves: [] }))).toEqual([{ kind: 'moves' }])
  const runsStopped = [{ contactId: 2, workflowId: 7, name: 'Bienvenida' }]
  expect(describeChanges(plan(), plan({ ...two, runsStopped }))).toEqual([{ kind: 'runs' }])
  const optOut = {
    channelId: 3,
    kind: 'sms',
    channelName: 'Avisos',
    scope: 'all',
    at: '2026-01-01T00:00:00.000Z',
  } as const
  const optOuts = [{ ...optOut, source: 'contact' as const, by: null, reason: null, contactIds: [2] }]
  expect(describeChanges(plan(), plan({ ...two, result: { ...plan().result, optOuts } }))).toEqual([
    { kind: 'opt-outs' },
  ])
  expect(describeChanges(plan(), plan(two))).toEqual([{ kind: 'other' }])
})

test('swapping who stays is no change of the contacts', () => {
  expect(
    describeChanges(plan(), plan({ fingerprint: 'two', survivor: summary(2, 'Lu'), absorbed: [summary(1, 'Lucía')] })),
  ).toEqual([{ kind: 'other' }])
})
