// pure

interface Tagged {
  readonly row: { readonly tags: readonly number[]; readonly own_tags: readonly number[] | null }
}

/** The tags a contact has alone, whatever it shows for those it has absorbed. */
export const ownTags = ({ row }: Tagged): readonly number[] => row.own_tags ?? row.tags

/** The tags of a contact that stands for these members, itself first: what each of them has alone. */
export const unionTags = (members: readonly Tagged[]): number[] => [...new Set(members.flatMap(ownTags))]
