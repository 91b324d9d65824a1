import { Calendar, Clock, Hash, Link, ListChecks, Mail, SquareCheck, Type } from 'lucide-react'
import type { FieldType } from '#contract/fields.ts'
import type { LucideIcon } from '../ui/icon.tsx'

export const typeIcons: Record<FieldType, LucideIcon> = {
  text: Type,
  list: ListChecks,
  checkbox: SquareCheck,
  email: Mail,
  number: Hash,
  url: Link,
  date: Calendar,
  time: Clock,
}
