import type { Messages } from '@lingui/core'

const catalogues = import.meta.glob<{ messages: Messages }>(
  [
    './en/activity.po',
    './en/blocking.po',
    './en/contacts.po',
    './en/dashboard.po',
    './en/bulk.po',
    './en/duplicates.po',
    './en/fields.po',
    './en/filters.po',
    './en/imports.po',
    './en/merging.po',
    './en/opt-outs.po',
    './en/runs.po',
    './en/segments.po',
    './en/tags.po',
  ],
  {
    eager: true,
  },
)

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((one) => one.messages))
