import type { I18n } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import type { BulkKind } from '#contract/bulk.ts'

/** What a task is doing. */
export function runningWords(kind: BulkKind, i18n: I18n): string {
  const words = {
    delete: msg`Deleting contacts`,
    export: msg`Exporting contacts`,
    tag: msg`Tagging contacts`,
    assign: msg`Assigning contacts`,
    lifecycle: msg`Setting the stage of contacts`,
    field: msg`Setting a field of contacts`,
  }
  return i18n._(words[kind])
}

/** What a task has done. `shown` is the number as it is written. */
export function doneWords(kind: BulkKind, count: number, shown: string, i18n: I18n): string {
  const words = {
    delete: msg`${plural(count, { one: `${shown} contact deleted`, other: `${shown} contacts deleted` })}`,
    export: msg`${plural(count, { one: `${shown} contact exported`, other: `${shown} contacts exported` })}`,
    tag: msg`${plural(count, { one: `Tags of ${shown} contact changed`, other: `Tags of ${shown} contacts changed` })}`,
    assign: msg`${plural(count, { one: `${shown} contact assigned`, other: `${shown} contacts assigned` })}`,
    lifecycle: msg`${plural(count, { one: `Stage of ${shown} contact set`, other: `Stage of ${shown} contacts set` })}`,
    field: msg`${plural(count, { one: `Field of ${shown} contact set`, other: `Field of ${shown} contacts set` })}`,
  }
  return i18n._(words[kind])
}
