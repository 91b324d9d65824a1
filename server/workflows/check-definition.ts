import type { FieldProblem } from '#contract/errors.ts'
import type { Filter } from '#contract/filter.ts'
import { everyStep } from '#contract/workflow-steps.ts'
import { mostWaitDays } from '#contract/workflow-words.ts'
import type { Definition, Step, Trigger } from '#contract/workflows.ts'
import { checkCustomValue } from '../contacts/check-custom-value.ts'
import { checkValues } from '../contacts/check-values.ts'
import { planFilter } from '../contacts/filter/plan-filter.ts'
import { foldText } from '../contacts/fold-text.ts'
import { contactPlaces, fillText, placesIn } from './fill-text.ts'
import type { Known } from './load-known.ts'
import { hostOf } from './request-url.ts'
import { headersOf, type WorkflowSecrets } from './secrets.ts'

type Refuse = (path: string, reason: string, message: string) => void

/** Everything that stands against putting a draft in force, each by its path: `draft.steps.2.text`. */
export function checkDefinition(
  { triggers, steps }: Definition,
  known: Known,
  secrets: WorkflowSecrets,
): FieldProblem[] {
  const problems: FieldProblem[] = []
  const refuse: Refuse = (path, reason, message) => problems.push({ path: `draft.${path}`, reason, message })
  if (triggers.length === 0) refuse('triggers', 'missing', 'Say what contacts enter by.')
  if (steps.length === 0) refuse('steps', 'missing', 'Add a step.')
  for (const [at, trigger] of triggers.entries()) checkTrigger(trigger, `triggers.${at}`, known, refuse)
  for (const kind of ['manual', 'webhook'] as const) {
    const twice = triggers.findLastIndex((trigger) => trigger.kind === kind)
    if (twice !== triggers.findIndex((trigger) => trigger.kind === kind))
      refuse(`triggers.${twice}`, 'twice', 'One trigger of this kind is enough.')
  }
  const all = everyStep(steps)
  const names = valueNames(triggers, all, refuse)
  const seen = new Set<string>()
  for (const { path, step } of all) {
    if (seen.has(step.id)) refuse(`${path}.id`, 'twice', 'Another step has this id.')
    seen.add(step.id)
    checkStep(step, path, { known, secrets, names, refuse })
  }
  return problems
}

function checkFilter(filter: Filter, path: string, known: Known, refuse: Refuse): void {
  for (const { path: at, reason, message } of planFilter(filter, known.filters, path).problems)
    refuse(at, reason, message)
}

/** Refuses what the workspace has not. */
function checkIds(
  ids: readonly number[],
  has: { has(id: number): boolean },
  path: string,
  refuse: Refuse,
  what: string,
): void {
  for (const [at, id] of ids.entries()) checkId(id, has, `${path}.${at}`, refuse, what)
}

function checkId(id: number, has: { has(id: number): boolean }, path: string, refuse: Refuse, what: string): void {
  if (!has.has(id)) refuse(path, 'unknown', `There is no such ${what}.`)
}

function checkField(field: string, path: string, { fields }: Known, refuse: Refuse): boolean {
  if (!field.startsWith('#') || fields.some(({ id }) => `#${id}` === field)) return true
  refuse(path, 'unknown', 'There is no such field.')
  return false
}

function checkTrigger(trigger: Trigger, path: string, known: Known, refuse: Refuse): void {
  checkFilter(trigger.filter, `${path}.filter`, known, refuse)
  switch (trigger.kind) {
    case 'conversationOpened':
      return checkIds(trigger.channelIds, known.channels, `${path}.channelIds`, refuse, 'channel')
    case 'tagAdded':
    case 'tagRemoved':
      return checkIds(trigger.tagIds, known.tags, `${path}.tagIds`, refuse, 'tag')
    case 'lifecycleChanged':
      return checkIds(trigger.stageIds, known.stages, `${path}.stageIds`, refuse, 'stage')
    case 'fieldChanged':
      if (trigger.fields.length === 0) refuse(`${path}.fields`, 'missing', 'Name the field.')
      for (const [at, field] of trigger.fields.entries()) checkField(field, `${path}.fields.${at}`, known, refuse)
      return
    case 'conversationClosed':
    case 'manual':
    case 'webhook':
      return
  }
}

/** The names of values that steps can be filled with; null where a program may send any. */
function valueNames(
  triggers: readonly Trigger[],
  all: readonly { path: string; step: Step }[],
  refuse: Refuse,
): ReadonlySet<string> | null {
  const names = new Set<string>()
  for (const { path, step } of all) {
    const given = step.kind === 'ask' ? [{ as: step.as, at: 'as' }] : []
    const saved = step.kind === 'http' ? step.save.map(({ as }, at) => ({ as, at: `save.${at}.as` })) : []
    for (const { as, at } of [...given, ...saved]) {
      if (names.has(as)) refuse(`${path}.${at}`, 'twice', 'Another value has this name.')
      names.add(as)
    }
  }
  return triggers.some(({ kind }) => kind === 'webhook') ? null : names
}

interface Judging {
  readonly known: Known
  readonly secrets: WorkflowSecrets
  readonly names: ReadonlySet<string> | null
  readonly refuse: Refuse
}

function checkStep(step: Step, path: string, judging: Judging): void {
  const { known, refuse } = judging
  const text = (value: string, at: string, needed = true) => checkText(value, `${path}.${at}`, judging, needed)
  switch (step.kind) {
    case 'send':
      checkChannel(step.channelId, `${path}.channelId`, judging)
      if (step.body.type === 'text') {
        text(step.body.text, 'body.text')
        if (step.body.subject !== null) text(step.body.subject, 'body.subject', false)
        return
      }
      if (step.body.name === '') refuse(`${path}.body.name`, 'missing', 'Choose a template.')
      if (step.channelId === null) refuse(`${path}.channelId`, 'missing', 'Say which channel has this template.')
      for (const [name, value] of Object.entries(step.body.variables)) text(value, `body.variables.${name}`)
      return
    case 'ask':
      return checkAsk(step, path, judging)
    case 'wait': {
      const minutes = step.amount * { minutes: 1, hours: 60, days: 1440 }[step.unit]
      if (minutes > mostWaitDays * 1440) refuse(`${path}.amount`, 'too-long', `Wait ${mostWaitDays} days at most.`)
      return
    }
    case 'branch':
      return checkBranch(step, path, judging)
    case 'assign':
      if (step.to.kind === 'member') checkId(step.to.memberId, known.members, `${path}.to.memberId`, refuse, 'member')
      if (step.to.kind === 'team') checkId(step.to.teamId, known.teams, `${path}.to.teamId`, refuse, 'team')
      return
    case 'tag': {
      if (step.add.length + step.remove.length === 0) refuse(`${path}.add`, 'missing', 'Name a tag.')
      checkIds(step.add, known.tags, `${path}.add`, refuse, 'tag')
      checkIds(step.remove, known.tags, `${path}.remove`, refuse, 'tag')
      const twice = step.add.findIndex((id) => step.remove.includes(id))
      if (twice >= 0) refuse(`${path}.add.${twice}`, 'both', 'Put the tag on or take it off, not both.')
      return
    }
    case 'field':
      return checkFieldStep(step, path, judging)
    case 'lifecycle':
      if (step.stageId !== null) checkId(step.stageId, known.stages, `${path}.stageId`, refuse, 'stage')
      return
    case 'close':
      if (step.summary !== null) text(step.summary, 'summary', false)
      return
    case 'http':
      return checkHttp(step, path, judging)
    case 'open':
    case 'stop':
      return
  }
}

function checkText(value: string, path: string, { names, known, refuse }: Judging, needed = true): void {
  if (needed && value.trim() === '') return refuse(path, 'missing', 'Write something.')
  for (const name of placesIn(value)) {
    const isContact = (contactPlaces as readonly string[]).includes(name)
    const isField = /^contact\.#\d{1,15}$/.test(name) && known.fields.some(({ id }) => `contact.#${id}` === name)
    const isValue = names === null ? !name.includes('.') : names.has(name)
    if (!isContact && !isField && !isValue) refuse(path, 'unknown-place', `Nothing is called {{${name}}}.`)
  }
}

function checkChannel(channelId: number | null, path: string, { known, refuse }: Judging): void {
  if (channelId !== null && !known.channels.has(channelId)) refuse(path, 'unknown', 'There is no such channel.')
}

function checkAsk(step: Extract<Step, { kind: 'ask' }>, path: string, judging: Judging): void {
  const { known, refuse } = judging
  checkChannel(step.channelId, `${path}.channelId`, judging)
  checkText(step.question, `${path}.question`, judging)
  if (step.again !== null) checkText(step.again, `${path}.again`, judging)
  if (step.answer === 'choice') {
    if (step.choices.length < 2) refuse(`${path}.choices`, 'too-few', 'Offer two choices or more.')
    const folded = step.choices.map((choice) => foldText(choice).trim())
    for (const [at, one] of folded.entries())
      if (one === '' || folded.indexOf(one) < at)
        refuse(`${path}.choices.${at}`, 'twice', 'Each choice reads differently.')
  }
  if (step.saveTo === null || !checkField(step.saveTo, `${path}.saveTo`, known, refuse)) return
  const type = known.fields.find(({ id }) => `#${id}` === step.saveTo)?.type ?? 'text'
  const fits = { number: ['number'], date: ['date'], email: ['email'], checkbox: [], time: [], url: [] } as const
  const taken: readonly string[] = type in fits ? fits[type as keyof typeof fits] : [step.answer]
  const wanted = step.saveTo === 'email' || step.saveTo === 'phone' ? [step.saveTo] : taken
  if (!wanted.includes(step.answer)) refuse(`${path}.saveTo`, 'other-kind', 'This field takes answers of another kind.')
  if (type === 'list') {
    const { options = [] } = known.fields.find(({ id }) => `#${id}` === step.saveTo) ?? {}
    if (step.answer !== 'choice' || step.choices.some((choice) => !options.includes(choice)))
      refuse(`${path}.choices`, 'not-an-option', 'Offer what the list has.')
  }
}

function checkBranch(step: Extract<Step, { kind: 'branch' }>, path: string, judging: Judging): void {
  const { known, names, refuse } = judging
  if (step.arms.length === 0) refuse(`${path}.arms`, 'missing', 'Add a way to go.')
  for (const [at, arm] of step.arms.entries()) {
    const here = `${path}.arms.${at}`
    const conditions = 'and' in arm.filter ? arm.filter.and : arm.filter.or
    if (conditions.length + arm.values.length === 0) refuse(`${here}.filter`, 'missing', 'Add a condition.')
    checkFilter(arm.filter, `${here}.filter`, known, refuse)
    for (const [place, { name, operator, value }] of arm.values.entries()) {
      if (names !== null && !names.has(name))
        refuse(`${here}.values.${place}.name`, 'unknown', 'There is no such value.')
      if (/Equal/.test(operator) && (value ?? '') === '')
        refuse(`${here}.values.${place}.value`, 'missing', 'Give a value.')
    }
  }
}

function checkFieldStep(step: Extract<Step, { kind: 'field' }>, path: string, judging: Judging): void {
  const { known, refuse } = judging
  if (!checkField(step.field, `${path}.field`, known, refuse) || step.value === null) return
  if (typeof step.value === 'string' && placesIn(step.value).length > 0)
    return checkText(step.value, `${path}.value`, judging)
  const custom = known.fields.find(({ id }) => `#${id}` === step.field)
  if (custom !== undefined) {
    const checked = checkCustomValue(custom, step.value, null)
    if ('reason' in checked) refuse(`${path}.value`, checked.reason, checked.message)
    return
  }
  if (typeof step.value !== 'string') return refuse(`${path}.value`, 'text', 'Send text.')
  const { problems } = checkValues({ [step.field]: step.value }, known.country, [])
  for (const { reason, message } of problems) refuse(`${path}.value`, reason, message)
}

/** What the connection itself says, or what could part a request into two. */
const ownHeaders =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|keep-alive|proxy-.*|idempotency-key|accept-encoding)$/i

function checkHttp(step: Extract<Step, { kind: 'http' }>, path: string, judging: Judging): void {
  const { secrets, refuse } = judging
  checkText(step.url, `${path}.url`, judging)
  if (step.url.trim() !== '' && hostOf(step.url) === null)
    refuse(`${path}.url`, 'address', 'Begin with https:// and a host that is always the same.')
  for (const [at, header] of step.headers.entries()) {
    const here = `${path}.headers.${at}`
    if (ownHeaders.test(header.name)) refuse(`${here}.name`, 'reserved', 'This header is set by the request itself.')
    if (step.headers.findIndex(({ name }) => name.toLowerCase() === header.name.toLowerCase()) < at)
      refuse(`${here}.name`, 'twice', 'Another header has this name.')
    if (!header.secret) checkText(header.value ?? '', `${here}.value`, judging)
    // eslint-disable-next-line no-control-regex
    if (/[\u0000-\u001f\u007f]/.test(header.value ?? '')) refuse(`${here}.value`, 'letters', 'One line, please.')
  }
  if (headersOf(step, secrets) === null)
    for (const [at, header] of step.headers.entries())
      if (header.secret && secrets.headers[step.id]?.[header.name.toLowerCase()]?.host !== hostOf(step.url))
        refuse(`${path}.headers.${at}.value`, 'secret-needed', 'Type the secret: none is kept for this host.')
  if (step.body === null) return
  if (step.method === 'GET') refuse(`${path}.body`, 'unexpected', 'A GET request carries nothing.')
  checkText(step.body, `${path}.body`, judging, false)
  if (!isJson(fillText(step.body, () => 'x'))) refuse(`${path}.body`, 'json', 'This is not JSON.')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
