import { useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { exportColumns, type ExportColumn } from '#contract/export-words.ts'
import type { CustomKey } from '#contract/fields.ts'
import { useFieldName, useFields } from '../fields/shared.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import css from './export-dialog.module.css'

type Column = ExportColumn | CustomKey

/** The columns of a file: those that are chosen come first, in the order in which they will stand. */
export function ExportColumns(props: { columns: readonly Column[]; onChange: (columns: readonly Column[]) => void }) {
  const { t } = useLingui()
  const { columns, onChange } = props
  const name = useColumnName()
  const customs = (useFields() ?? []).flatMap(({ key, custom }) => (custom === null ? [] : [key as CustomKey]))
  const others = [...exportColumns, ...customs].filter((column) => !columns.includes(column))
  const swap = (at: number, by: 1 | -1) => {
    const next = [...columns]
    next.splice(at, 1)
    next.splice(at + by, 0, columns[at]!)
    onChange(next)
  }
  return (
    <fieldset className={css.columns}>
      <legend>{t`Columns, in this order`}</legend>
      <ol>
        {columns.map((column, at) => {
          const words = name(column)
          return (
            <li key={column}>
              <Checkbox isSelected onChange={() => onChange(columns.filter((one) => one !== column))}>
                {words}
              </Checkbox>
              <IconButton
                icon={ArrowUp}
                size="sm"
                label={t`Move ${words} up`}
                disabledReason={at === 0 ? t`It is the first already.` : undefined}
                onPress={() => swap(at, -1)}
              />
              <IconButton
                icon={ArrowDown}
                size="sm"
                label={t`Move ${words} down`}
                disabledReason={at === columns.length - 1 ? t`It is the last already.` : undefined}
                onPress={() => swap(at, 1)}
              />
            </li>
          )
        })}
        {others.map((column) => (
          <li key={column}>
            <Checkbox isSelected={false} onChange={() => onChange([...columns, column])}>
              {name(column)}
            </Checkbox>
          </li>
        ))}
      </ol>
    </fieldset>
  )
}

function useColumnName(): (column: Column) => string {
  const { t } = useLingui()
  const fieldName = useFieldName()
  const names: Partial<Record<Column, string>> = {
    id: t`Contact ID`,
    name: t`Full name`,
    otherPhones: t`Other phones`,
    otherEmails: t`Other emails`,
    tags: t`Tags`,
    status: t`Conversation status`,
    lifecycle: t`Lifecycle stage`,
    channels: t`Channels`,
    optOuts: t`Wants no messages by`,
    lastMessageAt: t`Last message`,
    createdAt: t`Date added`,
  }
  return (column) => names[column] ?? fieldName(column)
}
