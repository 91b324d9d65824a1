import type { Tag, TagColour } from '#contract/tags.ts'
import { classes } from '../ui/classes.ts'
import css from './tags.module.css'

/** A tag's name behind its emoji, or behind its colour where it has none. */
export function TagMark({ tag, className }: { tag: Omit<Tag, 'id'>; className?: string }) {
  return (
    <span className={classes(css.mark, className)}>
      {tag.emoji === null ? (
        <TagDot colour={tag.colour} />
      ) : (
        <span className={css.emoji} aria-hidden="true">
          {tag.emoji}
        </span>
      )}
      <bdi className="trunc">{tag.name}</bdi>
    </span>
  )
}

/** A colour alone; whoever shows it says its name. */
export function TagDot({ colour }: { colour: TagColour }) {
  return <span className={css.dot} data-colour={colour} />
}

/** As many as a line of a list can show: the first, and how many more there are. */
export function FirstTag({ tags }: { tags: readonly Tag[] }) {
  const [first] = tags
  if (first === undefined) return null
  const more = tags.length - 1
  return (
    <span className={css.some}>
      <TagMark tag={first} />
      {more > 0 && <span className={css.more}>+{more}</span>}
    </span>
  )
}
