import { Trans, useLingui } from '@lingui/react/macro'
import { FolderPlus, Plus, X } from 'lucide-react'
import { mostConditions } from '#contract/filter-words.ts'
import type { Condition, Filter, FilterNode } from '#contract/filter.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Select } from '../ui/select.tsx'
import { askOf, asking, asksOf, askWords } from './asks.ts'
import { deepest, itemsOf, withItems } from './filter-text.ts'
import css from './filters.module.css'
import type { FilterFieldInfo } from './use-filter-fields.ts'
import { ValueField } from './value-field.tsx'

/** A group of conditions, and groups within it. */
export function ConditionGroup(props: {
  group: Filter
  fields: readonly FilterFieldInfo[]
  depth: number
  /** Conditions in the whole filter. */
  total: number
  onChange: (group: Filter) => void
  onRemove?: () => void
}) {
  const { t } = useLingui()
  const { group, fields, depth, total, onChange } = props
  const items = itemsOf(group)
  const replace = (at: number, item: FilterNode) => onChange(withItems(group, items.toSpliced(at, 1, item)))
  const remove = (at: number) => onChange(withItems(group, items.toSpliced(at, 1)))
  const add = (item: FilterNode) => onChange(withItems(group, [...items, item]))
  const full = total >= mostConditions ? t`A filter holds at most ${mostConditions} conditions.` : undefined
  return (
    <div role="group" aria-label={t`Conditions`} className={depth === 1 ? css.group : css.inner}>
      <div className={css.head}>
        <Segmented
          label={t`Match`}
          value={'and' in group ? 'and' : 'or'}
          onChange={(word) => onChange(word === 'and' ? { and: [...items] } : { or: [...items] })}
          choices={[
            { id: 'and', name: t({ message: 'All', context: 'conditions' }) },
            { id: 'or', name: t({ message: 'Any', context: 'conditions' }) },
          ]}
        />
        <span className={css.hint}>
          <Trans>of these conditions</Trans>
        </span>
        {props.onRemove && <IconButton icon={X} size="sm" label={t`Remove group`} onPress={props.onRemove} />}
      </div>
      {items.map((item, at) =>
        'field' in item ? (
          // oxlint-disable-next-line react/no-array-index-key -- conditions have no other name than their place
          <ConditionRow
            key={at}
            condition={item}
            fields={fields}
            onChange={(next) => replace(at, next)}
            onRemove={() => remove(at)}
          />
        ) : (
          <ConditionGroup
            // oxlint-disable-next-line react/no-array-index-key -- as above
            key={at}
            group={item}
            fields={fields}
            depth={depth + 1}
            total={total}
            onChange={(next) => replace(at, next)}
            onRemove={() => remove(at)}
          />
        ),
      )}
      <div className={css.add}>
        <Button look="ghost" size="sm" icon={Plus} disabledReason={full} onPress={() => add(firstCondition)}>
          <Trans>Add condition</Trans>
        </Button>
        {depth < deepest && (
          <Button
            look="ghost"
            size="sm"
            icon={FolderPlus}
            disabledReason={full}
            onPress={() => add({ or: [firstCondition] })}
          >
            <Trans>Add group</Trans>
          </Button>
        )}
      </div>
    </div>
  )
}

export const firstCondition: Condition = { field: 'tag', operator: 'hasAnyOf', value: [] }

function ConditionRow(props: {
  condition: Condition
  fields: readonly FilterFieldInfo[]
  onChange: (condition: Condition) => void
  onRemove: () => void
}) {
  const { t, i18n } = useLingui()
  const { condition, fields, onChange } = props
  const field = fields.find(({ id }) => id === condition.field) ?? null
  const ask = askOf(condition)
  const pick = (id: string) => {
    const kind = fields.find((one) => one.id === id)?.kind ?? 'text'
    onChange(asking({ field: id, operator: 'exists' }, asksOf(kind)[0]!))
  }
  return (
    <div className={css.condition}>
      <Select
        aria-label={t`Field`}
        value={field?.id ?? null}
        placeholder={t`Unknown field`}
        onChange={pick}
        choices={fields.map(({ id, name }) => ({ id, name }))}
        className={css.field ?? ''}
      />
      {field !== null && (
        <>
          <Select
            aria-label={t`Comparison`}
            value={ask}
            onChange={(picked) => onChange(asking(condition, picked))}
            choices={asksOf(field.kind).map((id) => ({ id, name: askWords(id, field.kind, i18n) }))}
            className={css.operator ?? ''}
          />
          <div className={css.value}>
            <ValueField condition={condition} field={field} onChange={(value) => onChange({ ...condition, value })} />
          </div>
        </>
      )}
      <IconButton icon={X} size="sm" label={t`Remove condition`} className={css.remove} onPress={props.onRemove} />
    </div>
  )
}
